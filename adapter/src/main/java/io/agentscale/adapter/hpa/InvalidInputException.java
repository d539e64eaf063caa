// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

/** Input that is refused, with the place and the rule it breaks. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidInputException(String place, String rule) {
    super(place + ": " + rule);
  }

  InvalidInputException(String place, String rule, Throwable cause) {
    super(place + ": " + rule, cause);
  }
}
