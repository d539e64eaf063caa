// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.io.IOException;
import java.util.OptionalInt;

/**
 * Prometheus did not give a usable answer; the message is a whole sentence saying which Prometheus,
 * what it did, and its own words where it had any.
 */
public final class PrometheusException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** No connection, or none to be trusted. */
    UNREACHABLE,
    /** The deadline passed, ours or the one we gave to Prometheus. */
    TIMEOUT,
    /** Prometheus, or something in front of it, refused. */
    REJECTED,
    /** The answer is not one of the query API. */
    GARBAGE,
    /** The answer is larger than is read. */
    TOO_LARGE,
    /** The connection ended before the answer did. */
    CONNECTION_CUT,
    /** A file of ours, such as the token, could not be used; nothing was asked. */
    OWN_FILE
  }

  private final Kind kind;
  private final int status;
  private final String errorType;

  PrometheusException(Kind kind, String message) {
    this(kind, message, 0, "");
  }

  PrometheusException(Kind kind, String message, int status, String errorType) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.errorType = errorType;
  }

  public Kind kind() {
    return kind;
  }

  /** The HTTP status, where there was an answer. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** Prometheus' own class of error, such as {@code bad_data}; empty where it gave none. */
  public String errorType() {
    return errorType;
  }
}
