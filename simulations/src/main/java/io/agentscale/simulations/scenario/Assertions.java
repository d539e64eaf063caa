// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every policy of a scenario must keep to, such as {@code late_percent<1,
 * cost_vs_baseline<1.1}: the fields of its scores, and its replica-hours and late percentage over
 * those of the reference baseline.
 *
 * @param rules all of which must hold
 */
public record Assertions(List<Rule> rules) {
  private static final Pattern FORM =
      Pattern.compile("\\s*([a-z0-9_]+)\\s*(<=|>=|<|>)\\s*([-+0-9.eE]+)\\s*");
  private static final String COST = "cost_vs_baseline";
  private static final String LATE = "late_vs_baseline";

  /**
   * One rule.
   *
   * @param score that is looked at
   * @param relation it must have
   * @param limit to this
   */
  public record Rule(String score, String relation, double limit) {
    boolean holds(double value) {
      return switch (relation) {
        case "<" -> value < limit;
        case "<=" -> value <= limit;
        case ">" -> value > limit;
        default -> value >= limit;
      };
    }

    @Override
    public String toString() {
      return score + relation + Numbers.text(limit);
    }
  }

  public Assertions {
    rules = List.copyOf(rules);
  }

  /**
   * Reads rules with commas between them.
   *
   * @throws IllegalArgumentException for one that is not understood
   */
  public static Assertions parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      rules.add(rule(each));
    }
    return new Assertions(rules);
  }

  private static Rule rule(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be rules such as late_percent<1,cost_vs_baseline<1.1, was: " + text.strip());
    }
    if (!known().contains(matcher.group(1))) {
      throw new IllegalArgumentException(
          "must be about one of %s, was: %s"
              .formatted(String.join(", ", known()), matcher.group(1)));
    }
    try {
      return new Rule(matcher.group(1), matcher.group(2), Double.parseDouble(matcher.group(3)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must end in a number, was: " + text.strip(), e);
    }
  }

  private static TreeSet<String> known() {
    TreeSet<String> names = new TreeSet<>(List.of(COST, LATE));
    Arrays.stream(PolicyScores.class.getRecordComponents())
        .map(RecordComponent::getName)
        .map(OutcomeJson::snake)
        .forEach(names::add);
    return names;
  }

  /** Returns what does not hold, a line each; baselines need not keep to anything. */
  public List<String> broken(ScenarioResult result) {
    List<PolicySummary> all = result.policies();
    Optional<PolicyScores> reference =
        all.stream()
            .filter(each -> each.name().equals(result.reference()))
            .map(PolicySummary::scores)
            .findFirst();
    List<String> broken = new ArrayList<>();
    for (PolicySummary policy : all) {
      if (!policy.baseline()) {
        for (Rule rule : rules) {
          check(policy, rule, reference, result.reference()).ifPresent(broken::add);
        }
      }
    }
    return broken;
  }

  private static Optional<String> check(
      PolicySummary policy, Rule rule, Optional<PolicyScores> reference, String name) {
    OptionalDouble value = value(policy.scores(), rule.score(), reference);
    if (value.isEmpty()) {
      return Optional.of(
          "%s: %s is not known (baseline: %s)".formatted(policy.name(), rule.score(), name));
    }
    return rule.holds(value.getAsDouble())
        ? Optional.empty()
        : Optional.of(
            "%s: must have %s, was: %s"
                .formatted(policy.name(), rule, Numbers.text(value.getAsDouble())));
  }

  private static OptionalDouble value(
      PolicyScores scores, String score, Optional<PolicyScores> reference) {
    return switch (score) {
      case COST -> ratio(scores.replicaHours(), reference.map(PolicyScores::replicaHours));
      case LATE -> ratio(scores.latePercent(), reference.map(PolicyScores::latePercent));
      default -> {
        JsonNode tree = OutcomeJson.MAPPER.valueToTree(scores);
        yield tree.propertyStream()
            .filter(field -> OutcomeJson.snake(field.getKey()).equals(score))
            .filter(field -> !field.getValue().isNull())
            .mapToDouble(field -> field.getValue().asDouble())
            .findFirst();
      }
    };
  }

  private static OptionalDouble ratio(double value, Optional<Double> of) {
    return of.isPresent() && of.get() > 0
        ? OptionalDouble.of(PolicyScores.rounded(value / of.get()))
        : OptionalDouble.empty();
  }
}
