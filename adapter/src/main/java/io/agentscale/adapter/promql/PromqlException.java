// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

/** A text that is not of PromQL's shape. */
public final class PromqlException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  PromqlException(String message, int offset) {
    super("PromQL, character " + (offset + 1) + ": " + message);
  }
}
