// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of a configuration file.
 *
 * @param objectRules rules of object metrics, in the order written
 * @param externalRules rules of external metrics, in the order written
 * @param resourceRules how CPU and memory use are asked for
 * @param shadowVerify whether answers for all objects at once are compared with answers for each
 *     all the time, and not only at first
 */
public record RuleSet(
    List<Rule> objectRules,
    List<Rule> externalRules,
    Optional<ResourceRules> resourceRules,
    boolean shadowVerify) {
  public static final RuleSet EMPTY = new RuleSet(List.of(), List.of(), Optional.empty(), false);

  public RuleSet {
    objectRules = List.copyOf(objectRules);
    externalRules = List.copyOf(externalRules);
  }

  /** Returns the rules of object and of external metrics. */
  public List<Rule> all() {
    return Stream.concat(objectRules.stream(), externalRules.stream()).toList();
  }

  /**
   * Reads the keys {@code rules}, {@code externalRules}, {@code resourceRules} and {@code
   * shadowVerify}.
   *
   * @param backends names a rule may choose from
   */
  public static RuleSet read(YamlMapping mapping, RuleMode mode, Set<String> backends) {
    RuleReader objects = new RuleReader(RuleReader.Target.OBJECT, mode, backends);
    RuleReader external = new RuleReader(RuleReader.Target.EXTERNAL, mode, backends);
    return new RuleSet(
        mapping.list("rules", item -> item.mapping(objects::read)),
        mapping.list("externalRules", item -> item.mapping(external::read)),
        mapping.section("resourceRules", rules -> ResourceRules.read(rules, mode)),
        mapping.optional("shadowVerify", YamlValue::bool).orElse(false));
  }
}
