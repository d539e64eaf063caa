// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What every policy must keep to, such as {@code late_percent<1, cost_vs_baseline<1.1}: the fields
 * of its scores, and its replica-hours and late percentage over those of the reference baseline.
 *
 * @param rules all of which must hold
 */
public record Assertions(List<Rule> rules) {
  private static final Pattern FORM =
      Pattern.compile("\\s*([a-z0-9_]+)\\s*(<=|>=|<|>)\\s*([-+0-9.eE]+)\\s*");

  /** Ratios, and the score of the policy and the baseline each is of. */
  private static final Map<String, String> RATIOS =
      Map.of("cost_vs_baseline", "replica_hours", "late_vs_baseline", "late_percent");

  /**
   * Who is looked at.
   *
   * @param name for people
   * @param baseline whether it is one, which need not keep to anything
   * @param scores their numbers are compared
   */
  public record Judged(String name, boolean baseline, Record scores) {}

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
   * Reads rules about a scenario's policies, with commas between them.
   *
   * @throws IllegalArgumentException for one that is not understood
   */
  public static Assertions parse(String text) {
    return parse(text, PolicyScores.class);
  }

  /**
   * Reads rules with commas between them.
   *
   * @param scores has the numbers they may be about
   * @throws IllegalArgumentException for one that is not understood
   */
  public static Assertions parse(String text, Class<? extends Record> scores) {
    TreeSet<String> known = known(scores);
    List<Rule> rules = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      rules.add(rule(each, known));
    }
    return new Assertions(rules);
  }

  private static Rule rule(String text, TreeSet<String> known) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be rules such as late_percent<1,cost_vs_baseline<1.1, was: " + text.strip());
    }
    if (!known.contains(matcher.group(1))) {
      throw new IllegalArgumentException(
          "must be about one of %s, was: %s".formatted(String.join(", ", known), matcher.group(1)));
    }
    try {
      return new Rule(matcher.group(1), matcher.group(2), Double.parseDouble(matcher.group(3)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must end in a number, was: " + text.strip(), e);
    }
  }

  private static TreeSet<String> known(Class<? extends Record> scores) {
    TreeSet<String> names =
        Arrays.stream(scores.getRecordComponents())
            .map(RecordComponent::getName)
            .map(OutcomeJson::snake)
            .collect(Collectors.toCollection(TreeSet::new));
    RATIOS.forEach(
        (ratio, of) -> {
          if (names.contains(of)) {
            names.add(ratio);
          }
        });
    return names;
  }

  /** Returns what does not hold, a line each; baselines need not keep to anything. */
  public List<String> broken(ScenarioResult result) {
    return broken(
        result.policies().stream()
            .map(each -> new Judged(each.name(), each.baseline(), each.scores()))
            .toList(),
        result.reference());
  }

  /**
   * Returns what does not hold, a line each.
   *
   * @param reference names the baseline of ratios
   */
  public List<String> broken(List<Judged> all, String reference) {
    Optional<JsonNode> baseline =
        all.stream()
            .filter(each -> each.name().equals(reference))
            .map(Assertions::tree)
            .findFirst();
    List<String> broken = new ArrayList<>();
    for (Judged each : all) {
      if (!each.baseline()) {
        for (Rule rule : rules) {
          check(each, rule, baseline, reference).ifPresent(broken::add);
        }
      }
    }
    return broken;
  }

  private static JsonNode tree(Judged judged) {
    return OutcomeJson.MAPPER.valueToTree(judged.scores());
  }

  private static Optional<String> check(
      Judged policy, Rule rule, Optional<JsonNode> baseline, String name) {
    OptionalDouble value = value(tree(policy), rule.score(), baseline);
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

  private static OptionalDouble value(JsonNode scores, String score, Optional<JsonNode> baseline) {
    String of = RATIOS.get(score);
    if (of == null) {
      return number(scores, score);
    }
    OptionalDouble value = number(scores, of);
    OptionalDouble base =
        baseline.isPresent() ? number(baseline.get(), of) : OptionalDouble.empty();
    return value.isPresent() && base.isPresent() && base.getAsDouble() > 0
        ? OptionalDouble.of(PolicyScores.rounded(value.getAsDouble() / base.getAsDouble()))
        : OptionalDouble.empty();
  }

  private static OptionalDouble number(JsonNode scores, String score) {
    return scores
        .propertyStream()
        .filter(field -> OutcomeJson.snake(field.getKey()).equals(score))
        .filter(field -> field.getValue().isNumber())
        .mapToDouble(field -> field.getValue().asDouble())
        .findFirst();
  }
}
