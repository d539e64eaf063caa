// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.autoscale.SessionContext;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.Scenario.NamedCluster;
import io.agentscale.simulations.scenario.Scenario.NamedTraffic;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.trace.spec.TrafficSpec;
import io.agentscale.simulations.trace.spec.TrafficYaml;
import io.agentscale.simulations.workload.FlowTable;
import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.ProviderLimit;
import io.agentscale.simulations.workload.Workload;
import io.agentscale.simulations.workload.Workload.Balancing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a scenario from YAML, strictly: every problem is found, with its file, line and field. */
public final class ScenarioFile {
  /** What {@code --traces} stands for in a scenario. */
  private static final String TRACES = "${traces}";

  private static final double BELOW_CAP = 0.7;

  private final String file;
  private final Path directory;

  private ScenarioFile(String file, Path directory) {
    this.file = file;
    this.directory = directory;
  }

  /**
   * Reads a file.
   *
   * @param traces the directory that <code>${traces}</code> in it stands for; empty if none is
   *     given
   * @throws io.agentscale.adapter.yaml.InvalidYamlException with every problem
   * @throws IOException if it cannot be read
   */
  public static Scenario read(Path file, Optional<Path> traces) throws IOException {
    String text = YamlDocument.text(file);
    if (text.contains(TRACES)) {
      Path given =
          traces.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "%s: reads traces from %s: say where they lie with --traces DIR"
                          .formatted(file, TRACES)));
      text = text.replace(TRACES, given.toAbsolutePath().normalize().toString());
    }
    return parse(file.toString(), YamlDocument.directory(file), text);
  }

  /**
   * Reads a text.
   *
   * @param file the name to report problems under
   * @param directory what relative paths are relative to
   * @throws io.agentscale.adapter.yaml.InvalidYamlException with every problem
   */
  public static Scenario parse(String file, Path directory, String text) {
    return YamlDocument.parse(file, directory, text, new ScenarioFile(file, directory)::scenario);
  }

  private Scenario scenario(YamlMapping keys) {
    Optional<String> name = keys.required("name", YamlValue::nonEmpty);
    long seed = keys.optional("seed", value -> value.integer(0, Integer.MAX_VALUE)).orElse(1);
    List<EngineKind> engines =
        keys.optional("engine", value -> engines(value.string())).orElse(List.of(EngineKind.FLUID));
    List<NamedTraffic> traffics = traffics(keys);
    List<NamedCluster> clusters = clusters(keys);
    Optional<Workload> workload = workload(keys);
    Optional<Objective> objective = keys.required("slo", value -> value.mapping(Objective::read));
    Optional<Duration> warmUp = keys.optional("warmUp", DistributionYaml::length);
    Optional<Duration> tick = keys.optional("tick", YamlValue::duration);
    Optional<Prices> prices = keys.section("prices", Prices::read);
    Optional<Hybrid> hybrid = keys.section("hybrid", Hybrid::read);
    List<ScenarioPolicy> policies = policies(keys, workload, clusters);
    Optional<Goal> goal = goal(keys, workload, objective);
    Optional<BaselineSettings> baselines = baselines(keys, workload, goal, policies);
    requireUnique(keys, "policies", policies.stream().map(ScenarioPolicy::name).toList());
    return requireOwnNames(
        keys,
        new Scenario(
            name.orElseThrow(),
            seed,
            engines,
            traffics,
            clusters,
            workload.orElseThrow(),
            objective.orElseThrow(),
            goal.orElseThrow(),
            warmUp.orElse(Duration.ZERO),
            tick.orElse(ReplaySettings.DEFAULT_TICK),
            prices,
            hybrid,
            policies,
            baselines.orElseThrow()));
  }

  /** Results are told apart by their names. */
  private static Scenario requireOwnNames(YamlMapping keys, Scenario scenario) {
    List<Contender> contenders = Contender.of(scenario);
    for (int i = 0; i < scenario.policies().size(); i++) {
      String name = scenario.policies().get(i).name();
      if (contenders.stream().anyMatch(each -> each.baseline() && each.name().equals(name))) {
        keys.refuse("policies[" + i + "].name", "must be used once, was: " + name + ", a baseline");
      }
    }
    String reference = Contender.reference(scenario);
    if (contenders.stream().noneMatch(each -> each.name().equals(reference))) {
      keys.refuse(
          "baselines.reference",
          "must be one of %s, was: %s"
              .formatted(
                  String.join(", ", contenders.stream().map(Contender::name).toList()), reference));
    }
    return scenario;
  }

  /** Reads the word for one engine, or for both. */
  public static List<EngineKind> engines(String word) {
    return switch (word) {
      case "fluid" -> List.of(EngineKind.FLUID);
      case "event" -> List.of(EngineKind.EVENT);
      case "both" -> List.of(EngineKind.FLUID, EngineKind.EVENT);
      default -> throw new IllegalArgumentException("must be fluid, event or both, was: " + word);
    };
  }

  private static List<NamedTraffic> traffics(YamlMapping keys) {
    Optional<TrafficSpec> one = keys.optional("traffic", value -> value.mapping(TrafficYaml::read));
    List<NamedTraffic> many =
        keys.list(
            "traffics",
            value ->
                value.mapping(
                    item -> {
                      Optional<String> name = item.required("name", YamlValue::nonEmpty);
                      TrafficSpec spec = TrafficYaml.read(item);
                      return new NamedTraffic(name.orElseThrow(), spec);
                    }));
    requireOne(keys, "traffic", "traffics", true);
    requireUnique(keys, "traffics", many.stream().map(NamedTraffic::name).toList());
    return one.map(spec -> List.of(new NamedTraffic("traffic", spec))).orElse(many);
  }

  private static List<NamedCluster> clusters(YamlMapping keys) {
    Optional<Cluster> one = keys.section("cluster", ClusterYaml::read);
    List<NamedCluster> many =
        keys.list(
            "clusters",
            value ->
                value.mapping(
                    item -> {
                      Optional<String> name = item.required("name", YamlValue::nonEmpty);
                      Cluster cluster = ClusterYaml.read(item);
                      return new NamedCluster(name.orElseThrow(), cluster);
                    }));
    requireOne(keys, "cluster", "clusters", false);
    requireUnique(keys, "clusters", many.stream().map(NamedCluster::name).toList());
    return many.isEmpty()
        ? List.of(new NamedCluster("cluster", one.orElseGet(ClusterYaml::usual)))
        : many;
  }

  private static void requireOne(YamlMapping keys, String one, String many, boolean required) {
    if (keys.has(one) && keys.has(many)) {
      keys.refuse(many, "must be absent beside `%s`, was: given".formatted(one));
    }
    if (required && !keys.has(one) && !keys.has(many)) {
      keys.refuse(one, "must be given, or `%s` instead, was: neither".formatted(many));
    }
  }

  private static void requireUnique(YamlMapping keys, String key, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (!seen.add(names.get(i))) {
        keys.refuse(key + "[" + i + "].name", "must be used once, was: " + names.get(i));
      }
    }
  }

  private static Optional<Workload> workload(YamlMapping keys) {
    Optional<PodModel> pod = keys.required("pod", value -> value.mapping(PodYaml::read));
    Optional<Balancing> balancing =
        keys.optional(
            "balancing",
            value ->
                value.oneOf("fewest-runs", "random").equals("random")
                    ? Balancing.RANDOM
                    : Balancing.FEWEST_RUNS);
    Optional<ProviderLimit> provider = keys.section("provider", PodYaml::provider);
    return pod.map(model -> new Workload(model, balancing.orElse(Balancing.FEWEST_RUNS), provider));
  }

  private static Optional<Goal> goal(
      YamlMapping keys, Optional<Workload> workload, Optional<Objective> objective) {
    if (workload.isEmpty() || objective.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(objective.get().goal(workload.get().flow()));
    } catch (IllegalArgumentException e) {
      keys.refuse("slo", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private List<ScenarioPolicy> policies(
      YamlMapping keys, Optional<Workload> workload, List<NamedCluster> clusters) {
    PolicyYaml reader = new PolicyYaml(file, directory);
    Function<ScenarioPolicy, ScenarioPolicy> tried =
        policy -> {
          workload.ifPresent(
              known ->
                  clusters.forEach(
                      cluster ->
                          policy
                              .autoscaler(cluster.cluster())
                              .begin(new SessionContext(known.pod(), cluster.cluster()))));
          return policy;
        };
    return keys.list(
        "policies", value -> value.mapping(policy -> tried.apply(reader.read(policy))));
  }

  private static Optional<BaselineSettings> baselines(
      YamlMapping keys,
      Optional<Workload> workload,
      Optional<Goal> goal,
      List<ScenarioPolicy> policies) {
    int usualRuns =
        workload.isPresent() && goal.isPresent() ? usualRuns(workload.get().flow(), goal.get()) : 1;
    // The first policy with some freedom; a fixed count has none.
    Optional<ReplicaBounds> bounds =
        policies.stream()
            .filter(policy -> !(policy.rule() instanceof ScenarioPolicy.Rule.Fixed))
            .findFirst()
            .or(() -> policies.stream().findFirst())
            .map(ScenarioPolicy::bounds);
    BaselineYaml reader = new BaselineYaml(bounds, usualRuns);
    if (keys.has("baselines")) {
      return keys.section("baselines", reader::read);
    }
    if (bounds.isEmpty() && keys.has("policies")) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.usual());
    } catch (IllegalArgumentException e) {
      keys.refuse("baselines", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * Returns the runs in a pod at the highest rate per replica that meets the objective, well below
   * a cap: a target close to it is never exceeded by more than an HPA's tolerance.
   */
  private static int usualRuns(FlowTable flow, Goal goal) {
    double rate = goal.minimal().ratePerReplica(Integer.MAX_VALUE);
    int below = 1;
    while (below < flow.peak() && flow.runsPerSecond(below + 1) <= rate) {
      below++;
    }
    int most = flow.model().cap().isPresent() ? (int) (BELOW_CAP * flow.last()) : flow.last();
    return Math.max(1, Math.min(below, most));
  }
}
