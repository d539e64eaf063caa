// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import java.time.Duration;
import java.util.Optional;

/**
 * How CPU and memory use are asked for, to serve {@code metrics.k8s.io}.
 *
 * @param cpu in cores
 * @param memory in bytes
 * @param window the time the rates in the queries are taken over
 */
public record ResourceRules(ResourceRule cpu, ResourceRule memory, Duration window) {
  private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);

  static ResourceRules read(YamlMapping rules, RuleMode mode) {
    Optional<ResourceRule> cpu =
        rules.required("cpu", v -> v.mapping(m -> ResourceRule.read(m, mode)));
    Optional<ResourceRule> memory =
        rules.required("memory", v -> v.mapping(m -> ResourceRule.read(m, mode)));
    Duration window = rules.optional("window", YamlValue::duration).orElse(DEFAULT_WINDOW);
    return new ResourceRules(cpu.orElseThrow(), memory.orElseThrow(), window);
  }
}
