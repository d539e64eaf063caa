// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

/** Thrown for a load-test table that cannot be read; the message says where and why. */
public final class InvalidTableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidTableException(String message) {
    super(message);
  }
}
