// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

/** A file that holds no series; the message says where and what to do. */
final class InvalidSeriesException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidSeriesException(String message) {
    super(message);
  }
}
