// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace;

/** Thrown for input that is not the trace it was said to be; the message says where and why. */
public final class InvalidTraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidTraceException(String message) {
    super(message);
  }

  public InvalidTraceException(String message, Throwable cause) {
    super(message, cause);
  }
}
