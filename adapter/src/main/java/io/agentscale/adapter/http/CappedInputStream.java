// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails, rather than ends, where it grows past a limit. */
public final class CappedInputStream extends FilterInputStream {
  private final long limitBytes;
  private long readBytes;

  public CappedInputStream(InputStream in, long limitBytes) {
    super(in);
    this.limitBytes = limitBytes;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  /** Does nothing but read, so that skipped bytes count as well. */
  @Override
  public long skip(long bytes) throws IOException {
    long skipped = 0;
    while (skipped < bytes && read() >= 0) {
      skipped++;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) throws TooLargeException {
    readBytes += bytes;
    if (readBytes > limitBytes) {
      throw new TooLargeException(limitBytes);
    }
  }
}
