// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

/** Thrown for an object whose field is not of the form its kind prescribes. */
public final class MalformedObjectException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /** Takes the path of the field, such as {@code spec.minReplicas}, and what is wrong with it. */
  public MalformedObjectException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Returns the path of the field. */
  public String field() {
    return field;
  }
}
