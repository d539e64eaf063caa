// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.settings;

import io.agentscale.adapter.hpa.HpaFile;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.command.HpaText;
import io.agentscale.adapter.policy.resource.PolicyFile;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.simulations.scenario.ScenarioPolicy;
import io.agentscale.simulations.scenario.ScenarioPolicy.Rule;
import io.agentscale.simulations.tune.Candidate;
import io.agentscale.simulations.tune.Gene;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The policies a search may try: the author's manifests with some settings changed. A candidate is
 * written as the manifests one would apply and read back from them, so that what is tried is what
 * is written.
 */
public final class SearchSpace {
  private final ScenarioPolicy policy;
  private final Path directory;
  private final String manifests;
  private final List<Setting> settings;

  private SearchSpace(
      ScenarioPolicy policy, Path directory, String manifests, List<Setting> settings) {
    this.policy = policy;
    this.directory = directory;
    this.manifests = manifests;
    this.settings = List.copyOf(settings);
  }

  /**
   * Returns the space around a policy.
   *
   * @param manifests the policy was read from; an HPA that follows a ScalingPolicy is added if
   *     there is none
   * @param directory what relative paths in them are relative to
   * @param varied names of the settings that change; empty for all
   * @throws IllegalArgumentException if a name is none, or the policy has no settings
   */
  public static SearchSpace around(
      ScenarioPolicy policy, String manifests, Path directory, Set<String> varied) {
    Manifests objects = Manifests.parse(manifests);
    List<Setting> all =
        switch (policy.rule()) {
          case Rule.Fixed _ ->
              throw new IllegalArgumentException(
                  "policy %s: must have settings to change, has a fixed count"
                      .formatted(policy.name()));
          case Rule.Scaled _ ->
              throw new IllegalArgumentException(
                  "policy %s: must be an HPA or a ScalingPolicy to be tuned, is a ScaledObject"
                      .formatted(policy.name()));
          case Rule.Autoscaled(HpaSpec hpa) -> HpaGenes.alone(hpa);
          case Rule.Policy written -> {
            PolicyDefinition definition = written.definition();
            if (written.follower().isEmpty()) {
              objects = objects.and(HpaText.of(definition, false));
            }
            yield PolicyGenes.of(definition, follower(policy, objects.text()));
          }
        };
    return new SearchSpace(policy, directory, objects.text(), chosen(all, varied));
  }

  private static HpaSpec follower(ScenarioPolicy policy, String manifests) {
    return HpaFile.parse(policy.name(), manifests, policy.controller().dialect()).getFirst();
  }

  private static List<Setting> chosen(List<Setting> all, Set<String> varied) {
    List<String> names = all.stream().map(setting -> setting.gene().name()).toList();
    for (String name : varied) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "vary: must be among %s, was: %s".formatted(String.join(", ", names), name));
      }
    }
    return all.stream()
        .filter(setting -> varied.isEmpty() || varied.contains(setting.gene().name()))
        .toList();
  }

  /** Returns the genes, in the order of a candidate's values. */
  public List<Gene> genes() {
    return settings.stream().map(Setting::gene).toList();
  }

  /** Returns the candidate nearest to the author's settings. */
  public Candidate present() {
    return new Candidate(settings.stream().map(Setting::present).toList());
  }

  /** Returns the manifests of a candidate, ready to be applied. */
  public String manifests(Candidate candidate) {
    Manifests changed = Manifests.parse(manifests);
    // Bounds come before the floors that must keep within them.
    for (int i = 0; i < settings.size(); i++) {
      settings.get(i).writer().write(changed, candidate.values().get(i));
    }
    return changed.text();
  }

  /** Returns the policy a candidate's manifests say. */
  public ScenarioPolicy policy(Candidate candidate, String name) {
    return parse(manifests(candidate), name);
  }

  /** Returns the policy that manifests of this space say. */
  public ScenarioPolicy parse(String text, String name) {
    List<HpaSpec> hpas = HpaFile.parse(name, text, policy.controller().dialect());
    List<PolicyDefinition> policies = PolicyFile.parse(name, directory, text, Map.of());
    Rule rule =
        policies.isEmpty()
            ? new Rule.Autoscaled(hpas.getFirst())
            : new Rule.Policy(policies.getFirst(), Optional.of(hpas.getFirst()));
    return new ScenarioPolicy(
        name, rule, policy.controller(), policy.signals(), policy.demand(), policy.forecastStep());
  }

  /** Says a candidate's settings on one line, or those that differ from the present ones. */
  public String text(Candidate candidate) {
    Candidate present = present();
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      if (!candidate.values().get(i).equals(present.values().get(i))) {
        Setting setting = settings.get(i);
        changed.add(setting.gene().name() + " " + setting.text(candidate.values().get(i)));
      }
    }
    return changed.isEmpty() ? "as now" : String.join(", ", changed);
  }

  /** Returns each setting's value, for tables. */
  public Map<String, String> words(Candidate candidate) {
    return IntStream.range(0, settings.size())
        .boxed()
        .collect(
            Collectors.toMap(
                i -> settings.get(i).gene().name(),
                i -> settings.get(i).text(candidate.values().get(i)),
                (one, _) -> one,
                LinkedHashMap::new));
  }
}
