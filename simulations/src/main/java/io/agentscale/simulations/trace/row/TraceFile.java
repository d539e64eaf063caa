// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file of UTF-8 text, gzipped or not: told by its first two bytes, not by its name.
 *
 * @param path where it lies
 */
public record TraceFile(Path path) {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int FIRST_LINE_CHARACTERS = 1 << 16;

  /** Opens its bytes, unpacked. */
  public InputStream open() throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
    try {
      bytes.mark(2);
      int magic = (bytes.read() << 8) | bytes.read();
      bytes.reset();
      return magic == GZIP_MAGIC ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** Opens its text. */
  public BufferedReader text() throws IOException {
    return new BufferedReader(new InputStreamReader(open(), UTF_8), BUFFER_BYTES);
  }

  /** Returns the first line that holds anything, at most 64 Ki characters of it. */
  public String firstLine() throws IOException {
    char[] buffer = new char[FIRST_LINE_CHARACTERS];
    try (Reader text = text()) {
      int length = 0;
      int read = text.read(buffer);
      while (read > 0) {
        length += read;
        read = text.read(buffer, length, buffer.length - length);
      }
      String begin = new String(buffer, 0, length);
      return begin
          .lines()
          .map(line -> line.startsWith("\ufeff") ? line.substring(1) : line)
          .filter(line -> !line.isBlank())
          .findFirst()
          .orElse("");
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
