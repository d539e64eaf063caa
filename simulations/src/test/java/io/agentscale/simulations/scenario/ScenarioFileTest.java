// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.Restarts;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.replay.cluster.Restarts.Restart;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.ScenarioPolicy.Rule;
import io.agentscale.simulations.workload.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that is silently passed over would make a simulation of something else. */
final class ScenarioFileTest {
  @TempDir private Path directory;

  private static void refuses(String yaml, String... messages) {
    assertThatExceptionOfType(InvalidYamlException.class)
        .isThrownBy(() -> TestScenario.parsed(yaml))
        .satisfies(e -> assertThat(e.getMessage()).contains(messages));
  }

  private static String changed(String from, String to) {
    assertThat(TestScenario.YAML).contains(from);
    return TestScenario.YAML.replace(from, to);
  }

  @Test
  void scenario_isReadWithItsDefaults() {
    Scenario scenario = TestScenario.parsed();
    assertThat(scenario.name()).isEqualTo("small");
    assertThat(scenario.seed()).isEqualTo(7);
    assertThat(scenario.engines()).containsExactly(EngineKind.FLUID);
    assertThat(scenario.warmUp()).isZero();
    assertThat(scenario.policies())
        .extracting(ScenarioPolicy::name)
        .containsExactly("hpa", "policy");
    assertThat(scenario.policies().get(0).rule()).isInstanceOf(Rule.Autoscaled.class);
    assertThat(scenario.policies().get(1).rule()).isInstanceOf(Rule.Policy.class);
    assertThat(scenario.baselines().bounds().max()).isEqualTo(12);
    assertThat(Contender.of(scenario))
        .extracting(Contender::name)
        .startsWith("hpa", "policy", "static peak", "HPA CPU 60 %", "HPA CPU 70 %")
        .endsWith("schedule only", "forecast only", "seasonal naive", "oracle");
  }

  @Test
  void problems_areAllFoundWithTheirLine() {
    refuses(
        changed("slo: {within: 6s}", "slo: {within: never}").replace("seed: 7", "sed: 7"),
        "scenario.yaml:2:1: sed: unknown key",
        "scenario.yaml:5:15: slo.within: must be a duration");
  }

  @Test
  void inlineManifest_isRefusedWithTheLineOfTheScenario() {
    refuses(
        changed("maxReplicas: 12\n      metrics", "maxReplicas: 1\n      metrics"),
        "policies[0].manifests",
        "scenario.yaml:17");
    refuses(changed("floor: 7", "floor: 70"), "scenario.yaml:", "replicas.floor");
  }

  @Test
  void metricNobodyKnows_isRefusedUnlessItIsSaidWhatItMeasures() {
    refuses(changed("agent_active_count", "my_gauge"), "policies[0]", "my_gauge");
    String said =
        changed("agent_active_count", "my_gauge")
            .replace("- name: hpa\n", "- name: hpa\n  metrics: {my_gauge: runs}\n");
    assertThat(TestScenario.parsed(said).policies()).hasSize(2);
  }

  @Test
  void query_mustBeSaidWhatItMeasures() {
    String query = changed("preset: agent-concurrency", "query: sum(agent_runs)");
    refuses(query, "demand: must say what the query measures");
    String said = query.replace("- name: policy\n", "- name: policy\n  demand: demand\n");
    assertThat(TestScenario.parsed(said).policies()).hasSize(2);
  }

  @Test
  void scaledObject_isReadAsItIsApplied() {
    assertThat(TestScenario.parsed(scaled("cooldownPeriod: 120")).policies().getFirst().rule())
        .isInstanceOfSatisfying(
            ScenarioPolicy.Rule.Scaled.class,
            scaled -> {
              assertThat(scaled.object().cooldown()).hasSeconds(120);
              assertThat(scaled.object().pollingInterval()).hasSeconds(30);
              assertThat(scaled.object().hpa().minReplicas()).isEqualTo(1);
              assertThat(scaled.object().hpa().maxReplicas()).isEqualTo(100);
            });
  }

  @Test
  void scaledObject_isRefusedWhereItIsNotUnderstood() {
    refuses(scaled("colldownPeriod: 120"), "spec.colldownPeriod: unknown field");
    refuses(scaled("advanced: {scalingModifiers: {formula: a}}"), "spec.advanced.scalingModifiers");
    refuses(scaled("idleReplicaCount: 0"), "spec.idleReplicaCount: must be 0 and below");
    refuses(scaled("minReplicaCount: 200"), "spec: maxReplicaCount: must be at least");
    refuses(
        scaled("minReplicaCount: 0").replace("type: prometheus", "type: kafka"),
        "spec.triggers[0].type: must be one of cpu, cron");
    refuses(
        scaled("minReplicaCount: 0").replace("name: agent_active_count", "name: unheard_of"),
        "metric unheard_of: must be said what it measures");
    refuses(
        scaled("minReplicaCount: 0").replace("threshold: '6'", "threshold: '-6'"),
        "spec.triggers[0].metadata.threshold: must be above 0");
  }

  /** Returns the scenario with a ScaledObject in place of its HPA. */
  private static String scaled(String field) {
    int from = TestScenario.YAML.indexOf("    apiVersion: autoscaling/v2");
    int to = TestScenario.YAML.indexOf("- name: policy");
    return TestScenario.YAML.substring(0, from)
        + """
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata: {name: agent}
          spec:
            scaleTargetRef: {name: agent}
            %s
            triggers:
            - type: prometheus
              name: agent_active_count
              metadata: {serverAddress: 'http://p', query: q, threshold: '6'}
      """
            .formatted(field)
        + TestScenario.YAML.substring(to);
  }

  @Test
  void namesMayNotBeUsedTwice() {
    refuses(changed("- name: policy", "- name: hpa"), "policies[1].name: must be used once");
    refuses(changed("- name: policy", "- name: oracle"), "must be used once, was: oracle");
  }

  @Test
  void traces_standForTheDirectoryGiven() throws IOException {
    Path file = directory.resolve("scenario.yaml");
    Files.writeString(
        file,
        changed(
            "{generator: step, before: 4, after: 20, at: 1h, duration: 2h}",
            "{file: \"${traces}/day.csv\"}"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScenarioFile.read(file, Optional.empty()))
        .withMessageContaining("--traces DIR");
    Scenario scenario = ScenarioFile.read(file, Optional.of(Path.of("/somewhere")));
    assertThat(scenario.traffics().getFirst().spec().toString()).contains("/somewhere/day.csv");
  }

  @Test
  void policyFile_isReadRelativeToTheScenario() throws IOException {
    Files.writeString(directory.resolve("hpa.yaml"), "kind: ConfigMap\n");
    String yaml =
        """
        name: by file
        traffic: {generator: constant, rate: 4, duration: 1h}
        pod: {preset: agent-2c4g}
        slo: {within: 6s}
        policies:
        - {name: hpa, file: hpa.yaml}
        - {name: none, file: none.yaml}
        """;
    assertThatExceptionOfType(InvalidYamlException.class)
        .isThrownBy(() -> ScenarioFile.parse("s.yaml", directory, yaml))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains(
                        "must hold a ScalingPolicy, a HorizontalPodAutoscaler or a ScaledObject")
                    .contains("must be a file, but there is none"));
  }

  private static void refusesOfCluster(String keys, String... messages) {
    refuses(changed("cluster: {initialReplicas: 2, startUp: 60s}", "cluster:\n" + keys), messages);
  }

  @Test
  void clusterTrouble_isRefusedWithItsLineAndField() {
    refusesOfCluster(
        "  metrics: {missingPods: some}\n  creationDelay: -3s\n",
        "scenario.yaml:7:26: cluster.metrics.missingPods: must be a number, was: some",
        "scenario.yaml:8:18: cluster.creationDelay: must be a duration");
    for (String share : new String[] {"100%", "-1%", "1", "NaN%"}) {
      refusesOfCluster(
          "  metrics: {missingPods: " + share + "}\n",
          "cluster.metrics: missingPods: must be at least 0 and below 1");
    }
    refusesOfCluster(
        "  metrics: {missingPods: five%}\n",
        "cluster.metrics.missingPods: must be a share such as 5% or 0.05, was: five%");
    refusesOfCluster(
        "  creationDelay: {uniform: {leastSeconds: 5, mostSeconds: 2}}\n",
        "cluster.creationDelay.uniform: mostSeconds: must be at least leastSeconds");
    refusesOfCluster(
        "  restarts:\n    hpa: [36h, soon]\n    kube: [1h]\n",
        "scenario.yaml:8:16: cluster.restarts.hpa[1]: must be a duration",
        "scenario.yaml:9:5: cluster.restarts.kube: unknown key");
    refusesOfCluster("  restarts: {hpa: 36h}\n", "cluster.restarts.hpa: must be a list");
    refusesOfCluster("  restarts: [36h]\n", "cluster.restarts: must be a mapping");
  }

  @Test
  void clusterTrouble_isNoneUnlessAskedFor() {
    Cluster usual = TestScenario.parsed().clusters().getFirst().cluster();
    assertThat(usual.metrics().missingPods()).isZero();
    assertThat(usual.restarts()).isEqualTo(Restarts.NONE);
    assertThat(usual.startUp().creation()).isEqualTo(new Distribution.Constant(0));
  }

  @Test
  void clusterPodAndOverflow_areReadInFull() {
    Scenario scenario =
        TestScenario.parsed(
            """
            name: all of it
            engine: both
            traffic: {generator: constant, rate: 4, duration: 1h}
            balancing: random
            pod:
              cores: 2
              delay: {lognormal: {meanSeconds: 1, sigma: 0.3}}
              work: {exponential: {meanSeconds: 0.4}}
              crowding: {knee: 20, perRun: 0.04}
              hazard: {knee: 9.6, perRun: 0.0001}
              tokens: {perRun: 800}
              memory: {idleShare: 0.2, sharePerRun: 0.01}
              cap: 20
            provider: {tokensPerMinute: 2M, slowdown: 2}
            slo: {runsPerPod: 10, requestsPerSecondPerReplica: 3.6}
            clusters:
            - name: GPUs
              initialReplicas: 3
              startUp: {pending: {uniform: {leastSeconds: 5, mostSeconds: 9}}, loading: 90s}
              nodes: {gpusPerNode: 8, gpusPerPod: 2, least: 1, most: 4, provisioning: 3m}
              terminationGrace: 0
              scaleIn: idlest
              metrics: {scrapeInterval: 30s, rateWindow: 2m, refresh: 0, missingPods: 5%}
              creationDelay: {exponential: {meanSeconds: 2}}
              restarts: {agentscale: [20h], hpa: [36h, 12h], keda: []}
              syncPhase: 3s
            - name: usual
            hybrid:
              owned: {perReplicaHour: 2, requestsPerSecond: 10}
              overflow:
                serverless: {perWorkerSecond: 0.001, secondsPerRequest: 2, idleTimeout: 5m}
            baselines: {minReplicas: 2, maxReplicas: 30, runsInFlight: [7, 6]}
            """);
    assertThat(scenario.engines()).containsExactly(EngineKind.FLUID, EngineKind.EVENT);
    assertThat(scenario.clusters().getFirst().cluster().nodes().podsPerNode()).isEqualTo(4);
    assertThat(scenario.clusters().getFirst().cluster().startUp().loading().meanSeconds())
        .isEqualTo(90);
    Cluster gpus = scenario.clusters().getFirst().cluster();
    assertThat(gpus.metrics().missingPods()).isEqualTo(0.05);
    assertThat(gpus.startUp().creation()).isEqualTo(new Distribution.Exponential(2));
    assertThat(gpus.restarts().all())
        .containsExactly(
            new Restart(Controller.HPA, Duration.ofHours(12)),
            new Restart(Controller.AGENTSCALE, Duration.ofHours(20)),
            new Restart(Controller.HPA, Duration.ofHours(36)));
    assertThat(scenario.workload().pod().cap()).hasValue(20);
    assertThat(scenario.workload().provider().orElseThrow().tokensPerMinute()).isEqualTo(2e6);
    assertThat(scenario.hybrid()).isPresent();
    assertThat(Contender.reference(scenario)).isEqualTo("HPA in-flight 7");
  }
}
