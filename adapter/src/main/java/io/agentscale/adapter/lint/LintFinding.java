// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.lint;

import io.agentscale.adapter.trap.Trap;
import java.util.Comparator;

/**
 * A finding with its place.
 *
 * @param file it is in; {@value #CLUSTER} for an object that only the cluster has
 * @param line from 1; 0 in the cluster
 * @param trap which
 * @param object such as {@code Deployment default/coder}; empty for a file as a whole
 * @param field of it
 * @param problem what is so
 * @param remedy what to do; empty where the problem says it
 */
record LintFinding(
    String file, int line, Trap trap, String object, String field, String problem, String remedy) {
  static final String CLUSTER = "(cluster)";

  static final Comparator<LintFinding> ORDER =
      Comparator.comparing(LintFinding::file)
          .thenComparingInt(LintFinding::line)
          .thenComparing(LintFinding::trap)
          .thenComparing(LintFinding::problem);

  boolean isError() {
    return trap.severity() == Trap.Severity.ERROR;
  }

  /** Returns the finding for people: the place, then what and what to do. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    text.append(": ").append(trap.severity()).append(" [").append(trap.id()).append("] ");
    if (!object.isEmpty()) {
      text.append(object).append(' ');
    }
    if (!field.isEmpty()) {
      text.append(field).append(": ");
    }
    text.append(problem);
    if (!remedy.isEmpty()) {
      text.append("\n    -> ").append(remedy);
    }
    return text.toString();
  }
}
