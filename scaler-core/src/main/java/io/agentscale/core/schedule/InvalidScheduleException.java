// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

/**
 * One field of a schedule that breaks a rule; the message reads {@code field: must be ..., was:
 * ...}.
 */
public final class InvalidScheduleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String problem;

  public InvalidScheduleException(String field, String problem) {
    super(field + ": " + problem);
    this.field = field;
    this.problem = problem;
  }

  /** Returns the path of the field, such as {@code replicas.floor}. */
  public String field() {
    return field;
  }

  /** Returns what is wrong, without the field. */
  public String problem() {
    return problem;
  }

  /** Returns the same problem of a field one level deeper, such as {@code schedules[0].start}. */
  public InvalidScheduleException under(String parent) {
    return new InvalidScheduleException(parent + "." + field, problem);
  }
}
