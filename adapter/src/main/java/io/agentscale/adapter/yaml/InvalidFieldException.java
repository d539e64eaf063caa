// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.yaml;

/** Thrown by the reader of a mapping for a key that is wrong only together with the others. */
public final class InvalidFieldException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Takes a field below the mapping, such as {@code replicas.floor} or {@code exclude[1]}, and what
   * is wrong with it.
   */
  public InvalidFieldException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Returns the path of the field below the mapping. */
  public String field() {
    return field;
  }
}
