// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.Cluster.ScaleIn;
import io.agentscale.simulations.replay.cluster.MetricsLag;
import io.agentscale.simulations.replay.cluster.MetricsLag.Outage;
import io.agentscale.simulations.replay.cluster.Nodes;
import io.agentscale.simulations.replay.cluster.Restarts;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.replay.cluster.Restarts.Restart;
import io.agentscale.simulations.replay.cluster.StartUp;
import io.agentscale.simulations.trace.spec.Fields;
import io.agentscale.simulations.workload.Distribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code cluster} of a scenario; every key has a usual value. */
final class ClusterYaml {
  private static final int MOST = 1_000_000;
  private static final Distribution USUAL_START = new Distribution.Constant(60);
  private static final int USUAL_INITIAL = 2;

  private ClusterYaml() {}

  /** Returns the cluster of a scenario that says nothing. */
  static Cluster usual() {
    return Cluster.of(USUAL_INITIAL, USUAL_START);
  }

  static Cluster read(YamlMapping keys) {
    Cluster usual = usual();
    Optional<Integer> initial = keys.optional("initialReplicas", value -> value.integer(0, MOST));
    Optional<StartUp> startUp = keys.optional("startUp", ClusterYaml::startUp);
    Optional<Distribution> creation = keys.optional("creationDelay", DistributionYaml::read);
    Optional<Nodes> nodes = keys.section("nodes", ClusterYaml::nodes);
    Optional<Duration> grace = keys.optional("terminationGrace", DistributionYaml::length);
    Optional<Duration> readiness = keys.optional("readinessLag", DistributionYaml::length);
    Optional<ScaleIn> scaleIn = keys.optional("scaleIn", value -> value.oneOf(ScaleIn.class));
    Optional<MetricsLag> metrics = keys.section("metrics", ClusterYaml::metrics);
    Optional<Duration> sync = keys.optional("syncInterval", YamlValue::duration);
    Optional<Duration> phase = keys.optional("syncPhase", DistributionYaml::length);
    Optional<Restarts> restarts = keys.section("restarts", ClusterYaml::restarts);
    return new Cluster(
        initial.orElse(usual.initialReplicas()),
        startUp.orElse(usual.startUp()).withCreation(creation.orElse(usual.startUp().creation())),
        nodes.orElse(usual.nodes()),
        grace.orElse(usual.terminationGrace()),
        readiness.orElse(usual.readinessLag()),
        scaleIn.orElse(usual.scaleIn()),
        metrics.orElse(usual.metrics()),
        sync.orElse(usual.syncInterval()),
        phase.orElse(usual.syncPhase()),
        restarts.orElse(usual.restarts()));
  }

  /** Reads a distribution from created to Ready, or one of each of its two parts. */
  private static StartUp startUp(YamlValue value) {
    return value.isMapping()
        ? value.mapping(
            keys ->
                keys.has("pending") || keys.has("loading")
                    ? parts(keys)
                    : StartUp.of(DistributionYaml.named(keys)))
        : StartUp.of(DistributionYaml.read(value));
  }

  private static StartUp parts(YamlMapping keys) {
    Optional<Distribution> pending = keys.required("pending", DistributionYaml::read);
    Optional<Distribution> loading = keys.required("loading", DistributionYaml::read);
    return new StartUp(pending.orElseThrow(), loading.orElseThrow());
  }

  private static Nodes nodes(YamlMapping keys) {
    Optional<Integer> pods = keys.optional("podsPerNode", value -> value.integer(1, MOST));
    Optional<Integer> gpus = keys.optional("gpusPerNode", value -> value.integer(1, MOST));
    int gpusPerPod = keys.optional("gpusPerPod", value -> value.integer(1, MOST)).orElse(1);
    int least = keys.optional("least", value -> value.integer(0, MOST)).orElse(1);
    Optional<Integer> most = keys.required("most", value -> value.integer(1, MOST));
    Optional<Distribution> provisioning = keys.required("provisioning", DistributionYaml::read);
    Optional<Duration> spareFor = keys.optional("spareFor", DistributionYaml::length);
    if (pods.isPresent() == gpus.isPresent()) {
      throw new IllegalArgumentException("must have one of the keys podsPerNode and gpusPerNode");
    }
    Nodes nodes =
        gpus.isPresent()
            ? Nodes.ofGpus(
                gpus.get(), gpusPerPod, least, most.orElseThrow(), provisioning.orElseThrow())
            : new Nodes(
                pods.orElseThrow(),
                least,
                most.orElseThrow(),
                provisioning.orElseThrow(),
                Nodes.ENDLESS.spareFor());
    return new Nodes(
        nodes.podsPerNode(),
        nodes.least(),
        nodes.most(),
        nodes.provisioning(),
        spareFor.orElse(nodes.spareFor()));
  }

  private static MetricsLag metrics(YamlMapping keys) {
    MetricsLag usual = MetricsLag.DEFAULT;
    Optional<Duration> scrape = keys.optional("scrapeInterval", YamlValue::duration);
    Optional<Duration> window = keys.optional("rateWindow", YamlValue::duration);
    Optional<Duration> refresh = keys.optional("refresh", DistributionYaml::length);
    Optional<Duration> gauges = keys.optional("gaugeWindow", DistributionYaml::length);
    Optional<Double> missing = keys.optional("missingPods", ClusterYaml::share);
    List<Outage> outages = keys.list("outages", value -> value.mapping(ClusterYaml::outage));
    return new MetricsLag(
        scrape.orElse(usual.scrapeInterval()),
        window.orElse(usual.rateWindow()),
        refresh.orElse(usual.refresh()),
        gauges.orElse(usual.gaugeWindow()),
        missing.orElse(usual.missingPods()),
        outages);
  }

  /** Reads a share as a fraction or in percent. */
  private static double share(YamlValue value) {
    String text = value.string();
    try {
      return text.endsWith("%")
          ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
          : Fields.number(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a share such as 5% or 0.05, was: " + text, e);
    }
  }

  private static Restarts restarts(YamlMapping keys) {
    List<Restart> all = new ArrayList<>();
    for (Controller controller : Controller.values()) {
      keys.list(Fields.word(controller), YamlValue::duration)
          .forEach(after -> all.add(new Restart(controller, after)));
    }
    return new Restarts(all);
  }

  private static Outage outage(YamlMapping keys) {
    Optional<Duration> after = keys.required("after", DistributionYaml::length);
    Optional<Duration> length = keys.required("for", YamlValue::duration);
    return new Outage(after.orElseThrow(), length.orElseThrow());
  }
}
