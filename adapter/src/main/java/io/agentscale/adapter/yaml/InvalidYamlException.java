// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.yaml;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;

/** A file that was refused as a whole, with everything that is wrong with it. */
public final class InvalidYamlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<YamlProblem> problems;

  /** Takes at least one problem, in any order. */
  public InvalidYamlException(List<YamlProblem> problems) {
    super(inFileOrder(problems).stream().map(YamlProblem::toString).collect(joining("\n")));
    this.problems = inFileOrder(problems);
  }

  /** Returns the problems in the order of the file. */
  public List<YamlProblem> problems() {
    return problems;
  }

  private static List<YamlProblem> inFileOrder(List<YamlProblem> problems) {
    return problems.stream()
        .sorted(
            Comparator.comparingInt((YamlProblem problem) -> problem.at().line())
                .thenComparingInt(problem -> problem.at().column()))
        .toList();
  }
}
