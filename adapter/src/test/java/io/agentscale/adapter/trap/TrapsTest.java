// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.workload.Autoscaler;
import io.agentscale.adapter.workload.DisruptionBudget;
import io.agentscale.adapter.workload.HpaManifest;
import io.agentscale.adapter.workload.PodFacts;
import io.agentscale.adapter.workload.PodFacts.Unplaced;
import io.agentscale.adapter.workload.Policies;
import io.agentscale.adapter.workload.ScaledObjectManifest;
import io.agentscale.adapter.workload.Surroundings;
import io.agentscale.adapter.workload.VerticalAutoscaler;
import io.agentscale.adapter.workload.Workload;
import io.agentscale.core.policy.QueueStep;
import io.agentscale.core.schedule.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A trap that is not told costs an outage; one that is told where there is none costs all the trust
 * in the others.
 */
final class TrapsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private static final String FOLLOWS =
      """
      'metrics':[{'type':'External','external':{
        'metric':{'name':'agentscale_demand','selector':{'matchLabels':{'policy':'coder'}}},
        'target':{'type':'AverageValue','averageValue':'12'}}}]""";
  private static final String CPU =
      """
      'metrics':[{'type':'Resource','resource':{'name':'cpu',
        'target':{'type':'Utilization','averageUtilization':60}}}]""";

  /** What is around Deployment n/coder; at first a policy and an autoscaler that fit. */
  static final class Scene {
    private Optional<Workload> workload = Optional.empty();
    private final List<PolicyDefinition> policies = new ArrayList<>();
    private final List<Autoscaler> autoscalers = new ArrayList<>();
    private final List<DisruptionBudget> budgets = new ArrayList<>();
    private final List<VerticalAutoscaler> verticals = new ArrayList<>();
    private Optional<PodFacts> pods = Optional.empty();

    Scene policy(Policies policy) {
      policies.add(policy.make());
      return this;
    }

    Scene hpa(String name, String spec, String more) {
      autoscalers.add(
          HpaManifest.read(
              object("HorizontalPodAutoscaler", name, "'scaleTargetRef':" + CODER + spec, more),
              ""));
      return this;
    }

    Scene hpa(String spec) {
      return hpa("coder", spec, "");
    }

    Scene scaledObject(String spec, String annotations) {
      autoscalers.add(
          ScaledObjectManifest.read(
              json(
                  "{'kind':'ScaledObject','metadata':{'name':'so','namespace':'n','annotations':"
                      + annotations
                      + "},'spec':{'scaleTargetRef':{'name':'coder'}"
                      + spec
                      + "}}"),
              ""));
      return this;
    }

    Scene deployment(String spec) {
      workload = Optional.of(Workload.read(object("Deployment", "coder", spec, ""), ""));
      return this;
    }

    Scene budget(String spec) {
      budgets.add(
          DisruptionBudget.read(
              object(
                  "PodDisruptionBudget",
                  "b",
                  "'selector':{'matchLabels':{'app':'coder'}}" + spec,
                  ""),
              ""));
      return this;
    }

    Scene vertical(String spec) {
      verticals.add(
          VerticalAutoscaler.read(
              object("VerticalPodAutoscaler", "v", "'targetRef':" + CODER + spec, ""), ""));
      return this;
    }

    Scene pods(int count, int overdue, Unplaced... unplaced) {
      pods = Optional.of(new PodFacts(count, count, List.of(unplaced), overdue));
      return this;
    }

    Surroundings around() {
      return new Surroundings(
          "n",
          new TargetRef("apps/v1", "Deployment", "coder"),
          workload,
          policies,
          autoscalers,
          budgets,
          verticals,
          pods,
          NOW);
    }
  }

  private static final String CODER = "{'apiVersion':'apps/v1','kind':'Deployment','name':'coder'}";
  private static final String TEMPLATE = "'template':{'metadata':{'labels':{'app':'coder'}}}";

  private static JsonNode object(String kind, String name, String spec, String more) {
    return json(
        "{'kind':'%s','metadata':{'name':'%s','namespace':'n'},'spec':{%s}%s}"
            .formatted(kind, name, spec, more));
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Policies policy() {
    return new Policies();
  }

  private static Scene scene() {
    return new Scene();
  }

  private static Scene fitting() {
    return scene().policy(policy()).hpa(",'minReplicas':2,'maxReplicas':40," + FOLLOWS);
  }

  private static String limited(String since) {
    return ",'status':{'currentReplicas':9,'desiredReplicas':9,'conditions':[{'type':'ScalingLimited',"
        + "'status':'True','reason':'TooManyReplicas','lastTransitionTime':'"
        + since
        + "'}]}";
  }

  private static String inactive(String reason) {
    return ",'status':{'currentReplicas':0,'desiredReplicas':0,'conditions':[{'type':'ScalingActive',"
        + "'status':'False','reason':'"
        + reason
        + "','message':'no matches'}]}";
  }

  private static Actuation scale() {
    return new Actuation.OwnScale(QueueStep.DEFAULT);
  }

  static Stream<Arguments> scenes() {
    return Stream.of(writers(), autoscalers(), resources(), fit(), demands(), evictions(), pods())
        .flatMap(arguments -> arguments);
  }

  private static Stream<Arguments> writers() {
    return Stream.of(
        arguments("a policy and an autoscaler that fit", fitting(), List.of()),
        arguments("nothing but a workload", scene().deployment("'replicas':2"), List.of()),
        arguments(
            "two HPAs",
            scene().hpa("a", ",'maxReplicas':9", "").hpa("b", ",'maxReplicas':9", ""),
            List.of(Trap.TWO_AUTOSCALERS)),
        arguments(
            "an HPA and a ScaledObject",
            scene().hpa(",'maxReplicas':9").scaledObject("", "{}"),
            List.of(Trap.TWO_AUTOSCALERS)),
        arguments(
            "a ScaledObject and its own HPA",
            scene().hpa("keda-hpa-so", ",'maxReplicas':9", "").scaledObject("", "{}"),
            List.of()),
        arguments(
            "two policies",
            fitting().policy(policy().named("other").in(PolicyDefinition.Mode.PREVIEW)),
            List.of(Trap.TWO_POLICIES)),
        arguments(
            "own scale beside an HPA",
            scene().policy(policy().by(scale())).hpa(",'maxReplicas':40"),
            List.of(Trap.SECOND_WRITER)),
        arguments("own scale alone", scene().policy(policy().by(scale())), List.of()),
        arguments(
            "own scale in preview",
            scene()
                .policy(policy().by(scale()).in(PolicyDefinition.Mode.PREVIEW))
                .hpa(",'maxReplicas':40"),
            List.of()),
        arguments(
            "KEDA paused",
            scene().scaledObject("", "{'autoscaling.keda.sh/paused':'true'}"),
            List.of(Trap.PAUSED)));
  }

  private static Stream<Arguments> autoscalers() {
    return Stream.of(
        arguments(
            "switched off",
            scene().deployment("'replicas':0").hpa(",'maxReplicas':9"),
            List.of(Trap.SWITCHED_OFF)),
        arguments(
            "at zero by KEDA",
            scene().deployment("'replicas':0").scaledObject("", "{}"),
            List.of()),
        arguments(
            "at zero by a policy",
            scene()
                .policy(policy().fromZero().between(0, 40))
                .hpa(",'maxReplicas':40," + FOLLOWS)
                .deployment("'replicas':0"),
            List.of()),
        arguments(
            "no scale up",
            scene().hpa(",'maxReplicas':9,'behavior':{'scaleUp':{'selectPolicy':'Disabled'}}"),
            List.of(Trap.NO_SCALE_UP)),
        arguments(
            "metric fails",
            scene().hpa("a", ",'maxReplicas':9", inactive("FailedGetExternalMetric")),
            List.of(Trap.AUTOSCALER_FAILS)),
        arguments(
            "disabled at zero is told once",
            scene().hpa("a", ",'maxReplicas':9", inactive("ScalingDisabled")),
            List.of()),
        arguments(
            "at maximum for 15 minutes",
            scene().hpa("a", ",'maxReplicas':9", limited("2026-11-20T11:45:00Z")),
            List.of(Trap.AT_MAXIMUM)),
        arguments(
            "at maximum for 14 minutes",
            scene().hpa("a", ",'maxReplicas':9", limited("2026-11-20T11:46:00Z")),
            List.of()));
  }

  private static Stream<Arguments> resources() {
    return Stream.of(
        arguments(
            "sidecar without a request",
            scene().hpa(",'maxReplicas':9," + CPU).deployment(containers("{'cpu':'1'}", "{}")),
            List.of(Trap.NO_REQUEST)),
        arguments(
            "all request",
            scene()
                .hpa(",'maxReplicas':9," + CPU)
                .deployment(containers("{'cpu':'1'}", "{'cpu':'1'}")),
            List.of()),
        arguments(
            "memory alone is requested",
            scene().hpa(",'maxReplicas':9," + CPU).deployment(containers("{'memory':'1Gi'}")),
            List.of(Trap.NO_REQUEST)),
        arguments(
            "VPA on the same resource",
            scene().hpa(",'maxReplicas':9," + CPU).vertical(""),
            List.of(Trap.VERTICAL_SAME_RESOURCE)),
        arguments(
            "VPA that is off",
            scene().hpa(",'maxReplicas':9," + CPU).vertical(",'updatePolicy':{'updateMode':'Off'}"),
            List.of()),
        arguments("VPA beside our metric", fitting().vertical(""), List.of()));
  }

  private static String containers(String... requests) {
    List<String> containers = new ArrayList<>();
    for (String request : requests) {
      containers.add(
          "{'name':'c%d','resources':{'requests':%s}}".formatted(containers.size(), request));
    }
    return "'template':{'spec':{'containers':[" + String.join(",", containers) + "]}}";
  }

  private static Stream<Arguments> fit() {
    return Stream.of(
        arguments("no autoscaler", scene().policy(policy()), List.of(Trap.NOT_FOLLOWED)),
        arguments(
            "an autoscaler that follows something else",
            scene().policy(policy()).hpa(",'minReplicas':2,'maxReplicas':40," + CPU),
            List.of(Trap.NOT_FOLLOWED)),
        arguments(
            "an autoscaler that follows another policy",
            scene()
                .policy(policy().named("writer"))
                .hpa(",'minReplicas':2,'maxReplicas':40," + FOLLOWS),
            List.of(Trap.NOT_FOLLOWED)),
        arguments(
            "an exact floor needs no follower",
            scene()
                .policy(policy().by(new Actuation.ExactFloor()))
                .hpa(",'minReplicas':9,'maxReplicas':40," + CPU),
            List.of()),
        arguments(
            "through KEDA's external scaler",
            scene()
                .policy(policy())
                .scaledObject(
                    ",'minReplicaCount':2,'triggers':[{'type':'external-push','metadata':{}}]",
                    "{}"),
            List.of()),
        arguments(
            "a preview needs nobody",
            scene().policy(policy().in(PolicyDefinition.Mode.PREVIEW)),
            List.of()),
        arguments(
            "another target value",
            scene()
                .policy(policy())
                .hpa(",'minReplicas':2,'maxReplicas':40," + FOLLOWS.replace("'12'", "'10'")),
            List.of(Trap.OTHER_TARGET)),
        arguments(
            "the same target value written otherwise",
            scene()
                .policy(policy())
                .hpa(",'minReplicas':2,'maxReplicas':40," + FOLLOWS.replace("'12'", "'12000m'")),
            List.of()),
        arguments(
            "a total instead of an average",
            scene()
                .policy(policy())
                .hpa(
                    ",'minReplicas':2,'maxReplicas':40,"
                        + FOLLOWS
                            .replace("AverageValue", "Value")
                            .replace("averageValue", "value")),
            List.of(Trap.OTHER_TARGET)),
        arguments(
            "maximum too low",
            scene().policy(policy()).hpa(",'minReplicas':2,'maxReplicas':39," + FOLLOWS),
            List.of(Trap.MAXIMUM_TOO_LOW)),
        arguments(
            "minimum too high",
            scene().policy(policy()).hpa(",'minReplicas':3,'maxReplicas':40," + FOLLOWS),
            List.of(Trap.MINIMUM_TOO_HIGH)),
        arguments(
            "minimum above a ceiling",
            scene()
                .policy(policy().between(2, 40, Target.ceiling(1)))
                .hpa(",'minReplicas':2,'maxReplicas':40," + FOLLOWS),
            List.of(Trap.MINIMUM_TOO_HIGH)),
        arguments(
            "an HPA's least is one",
            scene()
                .policy(policy().fromZero().between(0, 40))
                .hpa(",'minReplicas':1,'maxReplicas':40," + FOLLOWS),
            List.of()),
        arguments(
            "floor in the dead band",
            scene()
                .policy(policy().between(20, 40, Target.floor(22)))
                .hpa(",'minReplicas':20,'maxReplicas':40," + FOLLOWS),
            List.of(Trap.DEAD_BAND)),
        arguments(
            "floor beyond the dead band",
            scene()
                .policy(policy().between(20, 40, Target.floor(23)))
                .hpa(",'minReplicas':20,'maxReplicas':40," + FOLLOWS),
            List.of()),
        arguments(
            "floor beyond a narrower tolerance",
            scene()
                .policy(policy().between(20, 40, Target.floor(22)))
                .hpa(
                    ",'behavior':{'scaleUp':{'tolerance':'0.05'}},'minReplicas':20,'maxReplicas':40,"
                        + FOLLOWS),
            List.of()));
  }

  private static Stream<Arguments> demands() {
    return Stream.of(
        arguments(
            "running alone",
            asking("sum(vllm:num_requests_running{job='e'})"),
            List.of(Trap.CAPPED_DEMAND)),
        arguments(
            "running and waiting",
            asking("sum(vllm:num_requests_running{job='e'} + vllm:num_requests_waiting{job='e'})"),
            List.of()),
        arguments(
            "running and waiting of the router too",
            asking("sum(vllm:num_requests_running) + sum(vllm:num_requests_waiting)"),
            List.of(Trap.COUNTED_TWICE)),
        arguments("a share", asking("avg(vllm:kv_cache_usage_perc)"), List.of(Trap.CAPPED_DEMAND)),
        arguments(
            "a name that only begins alike", asking("sum(tgi_batch_current_size_x)"), List.of()),
        arguments(
            "a forecast backlog",
            fittingWith(
                policy().asking(new DemandSource.OfPreset("agent-queue-depth")).forecasting()),
            List.of(Trap.BACKLOG_FORECAST)),
        arguments(
            "a backlog without a forecast",
            fittingWith(policy().asking(new DemandSource.OfPreset("agent-queue-depth"))),
            List.of()),
        arguments(
            "a forecast backlog by query",
            fittingWith(policy().asking("sum(tgi_queue_size)").forecasting()),
            List.of(Trap.BACKLOG_FORECAST)),
        arguments(
            "a forecast demand by query",
            fittingWith(
                policy().asking("sum(tgi_queue_size + tgi_batch_current_size)").forecasting()),
            List.of()));
  }

  private static Scene asking(String promql) {
    return fittingWith(policy().asking(promql));
  }

  private static Scene fittingWith(Policies policy) {
    return scene().policy(policy).hpa(",'minReplicas':2,'maxReplicas':40," + FOLLOWS);
  }

  private static Stream<Arguments> evictions() {
    return Stream.of(
        arguments(
            "budget of all at the fewest",
            fitting().deployment(TEMPLATE).budget(",'minAvailable':2"),
            List.of(Trap.NO_EVICTION)),
        arguments(
            "budget of one of two",
            fitting().deployment(TEMPLATE).budget(",'minAvailable':1"),
            List.of()),
        arguments(
            "budget of a single replica",
            scene().deployment(TEMPLATE).budget(",'minAvailable':1"),
            List.of(Trap.NO_EVICTION)),
        arguments(
            "budget without any unavailable",
            fitting().deployment(TEMPLATE).budget(",'maxUnavailable':0"),
            List.of(Trap.NO_EVICTION)),
        arguments(
            "budget of other pods",
            fitting()
                .deployment(TEMPLATE.replace("'coder'", "'other'"))
                .budget(",'maxUnavailable':0"),
            List.of()),
        arguments(
            "grace shorter than a long run",
            fittingWith(policy().protectingRunsOf(Duration.ofMinutes(2))).deployment(TEMPLATE),
            List.of(Trap.GRACE_TOO_SHORT)),
        arguments(
            "grace as long as a long run",
            fittingWith(policy().protectingRunsOf(Duration.ofSeconds(30))).deployment(TEMPLATE),
            List.of()));
  }

  private static Stream<Arguments> pods() {
    Unplaced gpu =
        new Unplaced("coder-1", Duration.ofMinutes(7), "0/3 nodes: 3 Insufficient nvidia.com/gpu");
    Unplaced fresh = new Unplaced("coder-2", Duration.ofSeconds(59), "0/3 nodes");
    return Stream.of(
        arguments(
            "no pods", fitting().deployment("'replicas':2").pods(0, 0), List.of(Trap.NO_PODS)),
        arguments("no pods, and none wanted", fittingAtZero(), List.of()),
        arguments("no node", fitting().pods(3, 0, gpu), List.of(Trap.NO_NODE)),
        arguments("a pod just created", fitting().pods(3, 0, fresh), List.of()),
        arguments("never ready", fitting().pods(3, 1), List.of(Trap.NEVER_READY)));
  }

  private static Scene fittingAtZero() {
    return scene()
        .policy(policy().fromZero().between(0, 40))
        .hpa(",'maxReplicas':40," + FOLLOWS)
        .deployment("'replicas':0")
        .pods(0, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void eachScene_isInItsTraps(String name, Scene scene, List<Trap> traps) {
    List<Finding> found = Traps.find(scene.around());

    assertThat(found).as(name).extracting(Finding::trap).isEqualTo(traps);
    assertThat(found)
        .allSatisfy(
            finding -> {
              assertThat(finding.problem()).doesNotContain("%").isNotBlank();
              assertThat(finding.remedy()).doesNotContain("%").isNotBlank();
              assertThat(finding.field()).isNotBlank();
            });
  }

  @Test
  void everyTrap_isInSomeScene_orAnotherTest() {
    List<Trap> elsewhere =
        List.of(Trap.MALFORMED, Trap.REPLICAS_IN_MANIFEST, Trap.CEILING_BELOW_LOAD);
    List<Trap> found =
        scenes()
            .flatMap(scene -> ((List<?>) scene.get()[2]).stream().map(Trap.class::cast))
            .distinct()
            .toList();

    assertThat(Stream.concat(elsewhere.stream(), found.stream()))
        .containsExactlyInAnyOrder(Trap.values());
  }

  @Test
  void replicasInManifest_areToldOfManifestsAlone() {
    Surroundings around = fitting().deployment("'replicas':3").around();

    assertThat(Traps.find(around)).isEmpty();
    assertThat(Traps.findInManifests(around))
        .extracting(Finding::trap)
        .containsExactly(Trap.REPLICAS_IN_MANIFEST);
  }

  @Test
  void sentence_namesTheObject_whatIsSo_andWhatToDo() {
    Surroundings around =
        scene().hpa("a", ",'maxReplicas':9", "").hpa("b", ",'maxReplicas':9", "").around();

    assertThat(Traps.find(around).getFirst().sentence())
        .isEqualTo(
            "HorizontalPodAutoscaler n/b: scales Deployment/coder, as HorizontalPodAutoscaler n/a"
                + " does: each overwrites the other's count; keep one of them; it can follow several"
                + " metrics");
  }
}
