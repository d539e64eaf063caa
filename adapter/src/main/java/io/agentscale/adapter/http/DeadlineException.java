// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.http;

import java.io.InterruptedIOException;
import java.time.Duration;

/** The deadline passed before the whole answer was read. */
public final class DeadlineException extends InterruptedIOException {
  private static final long serialVersionUID = 1L;

  public DeadlineException(Duration deadline) {
    super("no complete answer within " + deadline.toMillis() + " ms");
  }
}
