// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.io.IOException;

/** A pod's answer is not an exposition; the message gives the line. */
public final class ExpositionException extends IOException {
  private static final long serialVersionUID = 1L;

  ExpositionException(int line, String message) {
    super("line " + line + ": " + message);
  }

  ExpositionException(String message) {
    super(message);
  }
}
