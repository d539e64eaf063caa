// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.io.IOException;

/** The answer is not one of the query API; the message says what is odd about it. */
final class GarbageException extends IOException {
  private static final long serialVersionUID = 1L;

  GarbageException(String message) {
    super(message);
  }
}
