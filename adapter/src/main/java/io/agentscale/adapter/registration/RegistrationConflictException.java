// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

/** Says which APIService leads to somebody else, to whom, and what can be done. */
public final class RegistrationConflictException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RegistrationConflictException(String message) {
    super(message);
  }
}
