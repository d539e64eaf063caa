// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.util.stream.Collectors.groupingBy;

import io.agentscale.adapter.cluster.ClusterMetricRules.RuleId;
import io.agentscale.adapter.cluster.ClusterMetricRules.Judge;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.metrics.MetricOrigin;
import io.agentscale.adapter.rules.NamespacedMetrics;
import io.agentscale.adapter.rules.NamespacedRule;
import io.agentscale.adapter.rules.Rule;
import io.agentscale.adapter.rules.RuleBackend;
import io.agentscale.adapter.rules.RuleDiscovery;
import io.agentscale.adapter.rules.RuleMetrics;
import io.agentscale.adapter.rules.RuleSet;
import io.agentscale.adapter.yaml.InvalidYamlException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that namespaces have of their own. Each namespace is on its own: its rules ask through
 * clients to which only its series exist, and one refused hides no other.
 */
final class TeamRules implements Judge {
  private static final Logger log = LoggerFactory.getLogger(TeamRules.class);

  private final KnownObjects known;
  private final InstantSource clock;
  private final Map<RuleId, NamespacedRule> accepted = new TreeMap<>(TeamRules::inOrder);
  private AdapterConfig config;
  private PrometheusServers servers;
  private volatile Map<String, Team> teams = Map.of();
  private volatile NamespacedMetrics metrics = new NamespacedMetrics(Map.of());

  /** What is served for one namespace. */
  private record Team(
      List<NamespacedRule> rules,
      PrometheusServers servers,
      Collection<RuleBackend> backends,
      RuleMetrics metrics,
      RuleRelist relist) {}

  TeamRules(
      KnownObjects known, AdapterConfig config, PrometheusServers servers, InstantSource clock) {
    this.known = known;
    this.config = config;
    this.servers = servers;
    this.clock = clock;
  }

  private static int inOrder(RuleId one, RuleId other) {
    int byNamespace = one.namespace().compareTo(other.namespace());
    return byNamespace == 0 ? one.name().compareTo(other.name()) : byNamespace;
  }

  MetricOrigin origin() {
    return metrics;
  }

  @Override
  public synchronized Optional<String> judge(RuleId id, String spec) {
    try {
      NamespacedRule rule =
          NamespacedRule.read(
              id.namespace(),
              id.name(),
              spec,
              config.presets().namespaceLabel(),
              config.backends().keySet());
      accepted.put(id, rule);
      rebuild();
      return Optional.empty();
    } catch (InvalidYamlException e) {
      // A rule that was edited into nonsense is not what its author wants served.
      accepted.remove(id);
      rebuild();
      String cause =
          e.problems().stream()
              .map(
                  problem ->
                      (problem.field().isEmpty() ? "spec" : "spec." + problem.field())
                          + ": "
                          + problem.message())
              .collect(Collectors.joining("; "));
      log.atWarn()
          .addKeyValue("rule", id.namespace() + "/" + id.name())
          .addKeyValue("cause", cause)
          .log("A namespace's rule was refused");
      return Optional.of(cause);
    }
  }

  @Override
  public synchronized void forget(RuleId id) {
    accepted.remove(id);
    rebuild();
  }

  /** Asks the Prometheus servers of another configuration from now on. */
  synchronized void use(AdapterConfig next, PrometheusServers nextServers) {
    config = next;
    servers = nextServers;
    rebuild();
  }

  /** Lists series again where it is time to, and keeps fresh what is asked for. */
  void tick(Duration ahead) {
    for (Team team : teams.values()) {
      team.relist().tick();
      team.backends().forEach(backend -> backend.refresh(ahead));
    }
  }

  private void rebuild() {
    Map<String, Team> next = new HashMap<>();
    accepted.values().stream()
        .collect(groupingBy(NamespacedRule::namespace))
        .forEach((namespace, rules) -> next.put(namespace, team(namespace, rules)));
    teams = Map.copyOf(next);
    metrics =
        new NamespacedMetrics(
            next.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().metrics())));
  }

  @SuppressWarnings("ReferenceEquality") // Other servers with the same settings are others.
  private Team team(String namespace, List<NamespacedRule> rules) {
    Team before = teams.get(namespace);
    if (before != null && before.rules().equals(rules) && before.servers() == servers) {
      return before;
    }
    String label = config.presets().namespaceLabel();
    Map<String, RuleBackend> backends =
        servers.byName().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    server ->
                        new RuleBackend(
                            server.getValue().confinedTo(label, namespace),
                            clock,
                            ServedConfig.ANSWERS)));
    RuleDiscovery discovery =
        new RuleDiscovery(ruleSet(rules), known.kinds(), backends, RuleRelist.PERIOD);
    return new Team(
        rules,
        servers,
        backends.values(),
        new RuleMetrics(discovery, known.kinds(), known.objects(), clock),
        new RuleRelist(discovery, clock));
  }

  private static RuleSet ruleSet(List<NamespacedRule> rules) {
    return new RuleSet(rules(rules, false), rules(rules, true), Optional.empty(), false);
  }

  private static List<Rule> rules(List<NamespacedRule> rules, boolean external) {
    return rules.stream()
        .filter(rule -> rule.external() == external)
        .map(NamespacedRule::rule)
        .toList();
  }
}
