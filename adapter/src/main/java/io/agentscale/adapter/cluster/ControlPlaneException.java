// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

/** Says what was asked of the cluster's API server, and why it was not done. */
public final class ControlPlaneException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /** HTTP status; 0 if there was no answer. */
  private final int code;

  /**
   * Creates an exception.
   *
   * @param code HTTP status; 0 if there was no answer
   */
  public ControlPlaneException(int code, String message) {
    super(message);
    this.code = code;
  }

  ControlPlaneException(String message, Throwable cause) {
    super(message, cause);
    this.code = 0;
  }

  /** Tells whether what was asked for does not exist. */
  public boolean isNotFound() {
    return code == NOT_FOUND;
  }

  /** Tells whether we may not do what was asked for. */
  public boolean isForbidden() {
    return code == FORBIDDEN;
  }

  /** Tells whether there was no answer at all, so that what was asked for may have been done. */
  public boolean isUnanswered() {
    return code == 0;
  }

  /** Tells whether somebody else was faster, or insists on another value. */
  public boolean isConflict() {
    return code == CONFLICT;
  }
}
