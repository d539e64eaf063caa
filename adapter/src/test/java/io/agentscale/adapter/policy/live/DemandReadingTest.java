// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.actuate.PodRuns;
import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetReadings;
import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.metric.Sample;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.Quota;
import io.agentscale.core.policy.ReplicaBounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A pod or a query that is silently taken for zero scales a busy service down. */
final class DemandReadingTest {
  private static final PolicyDefinition CODER =
      Policies.reading(Policies.coder(), new DemandSource.OfPreset("agent-concurrency"));
  private static final ResourceKind PODS =
      ResourceMapper.wellKnown().resolve(new GroupResource("", "pods")).orElseThrow();

  private final Map<String, Reading> readings = new HashMap<>();
  private final List<ClusterObject> pods = new ArrayList<>();
  private boolean synced = true;
  private Optional<RuntimeException> failure = Optional.empty();
  private Instant now = LoopScene.START;

  private final PodConcurrency runs =
      new PodConcurrency(() -> new FakeReadings(), PODS, new FakeIndex(), () -> now);
  private final SourcedDemand demand =
      new SourcedDemand(
          () -> new FakeReadings(),
          _ -> Optional.empty(),
          QueryReach.ALL,
          PODS,
          new FakeIndex(),
          runs,
          () -> now);

  private final class FakeReadings implements PresetReadings {
    @Override
    public CompletionStage<Map<String, Reading>> inNamespace(
        Preset preset, String namespace, LabelSelector series) {
      return failure
          .<CompletionStage<Map<String, Reading>>>map(CompletableFuture::failedStage)
          .orElseGet(() -> CompletableFuture.completedStage(readings));
    }
  }

  private final class FakeIndex implements ObjectIndex {
    @Override
    public List<ClusterObject> select(
        ResourceKind kind, Optional<String> namespace, LabelSelector selector) {
      return pods.stream()
          .filter(pod -> pod.namespace().equals(namespace) && selector.matches(pod.labels()))
          .toList();
    }

    @Override
    public boolean isSynced(ResourceKind kind) {
      return synced;
    }
  }

  private void pod(String name, Reading reading) {
    pods.add(new ClusterObject(Optional.of("agent-prod"), name, Map.of("app", "coder"), Map.of()));
    readings.put(name, reading);
  }

  private Reading value(double value, int ageSeconds) {
    return new Reading.Value(value, now.minusSeconds(ageSeconds), Optional.empty());
  }

  private LiveDemand read() {
    return read(CODER, Policies.target(pods.size()));
  }

  private LiveDemand read(PolicyDefinition policy, TargetView target) {
    return demand.read(policy, target).toCompletableFuture().join().demand();
  }

  private void assertUnknown(LiveDemand live, String cause) {
    assertThat(live)
        .isInstanceOfSatisfying(
            LiveDemand.Unknown.class, unknown -> assertThat(unknown.cause()).contains(cause));
  }

  @Test
  void pods_areAddedUp_withTheTimeOfTheOldest_andNobodyElses() {
    pod("coder-1", value(3, 2));
    pod("coder-2", value(4.5, 9));
    readings.put("stranger", value(100, 1));

    assertThat(read())
        .isEqualTo(
            new LiveDemand.Known(
                Quantity.parse("7500m"), now.minusSeconds(9), "preset agent-concurrency"));
  }

  @Test
  void aPodThatWasKnown_makesTheSumUnknown() {
    pod("coder-1", value(3, 2));
    pod("coder-2", new Reading.Stale(now.minusSeconds(90), "connection refused"));

    assertUnknown(read(), "coder-2 was last seen");
    assertUnknown(read(), "connection refused");
  }

  @Test
  void aNewPod_hasAMinuteToBeKnown_afterThatTheSumIsNot() {
    pod("coder-1", value(3, 2));
    pod("coder-2", new Reading.Absent("not scraped yet"));
    assertThat(read()).isInstanceOf(LiveDemand.Known.class);

    now = now.plusSeconds(59);
    assertThat(read()).isInstanceOf(LiveDemand.Known.class);
    now = now.plusSeconds(2);
    assertUnknown(read(), "coder-2 is unknown: not scraped yet");

    assertThat(
            read(
                CODER,
                new TargetView.Known(
                    2, 1, LabelSelector.EVERYTHING, List.of(), Optional.empty(), List.of())))
        .as("a pod that is not Ready has no work")
        .isInstanceOf(LiveDemand.Known.class);
  }

  @Test
  void aPodThatWasKnown_andHasNoSeriesNow_makesTheSumUnknownAtOnce() {
    pod("coder-1", value(3, 2));
    pod("coder-2", value(4, 2));
    assertThat(read()).isInstanceOf(LiveDemand.Known.class);

    readings.remove("coder-2");
    assertUnknown(read(), "coder-2 is unknown: no series of any known source");
    now = now.plusSeconds(15);
    assertUnknown(read(), "coder-2");
    assertThat(read(CODER, Policies.target(1)))
        .as("it crashed: the other one is all that is Ready")
        .isInstanceOf(LiveDemand.Known.class);

    readings.put("coder-2", value(5, 1));
    assertThat(read()).isInstanceOf(LiveDemand.Known.class);

    readings.remove("coder-2");
    pods.removeLast();
    assertThat(read(CODER, Policies.target(1))).isInstanceOf(LiveDemand.Known.class);
    pod("coder-2", new Reading.Absent("not scraped yet"));
    assertThat(read()).as("another pod of that name is new").isInstanceOf(LiveDemand.Known.class);
  }

  @Test
  void nothingToRead_isUnknown_withTheReason() {
    assertUnknown(read(CODER, Policies.target(0)), "no pod that could tell");
    pod("coder-1", new Reading.Absent("no series of any known source"));
    assertUnknown(read(), "no series of any known source");
    failure = Optional.of(new IllegalStateException("Prometheus is gone"));
    assertUnknown(read(), "Prometheus is gone");
    synced = false;
    assertUnknown(read(), "not known yet");
    assertUnknown(read(CODER, new TargetView.Unknown("no such Deployment")), "no such Deployment");
    assertUnknown(
        read(Policies.reading(CODER, new DemandSource.OfPreset("agent-mood")), Policies.target(1)),
        "no such preset");
    assertUnknown(
        read(
            Policies.reading(CODER, new DemandSource.OfQuery("up", Optional.of("mimir"))),
            Policies.target(1)),
        "backends.mimir is not configured");
  }

  @Test
  void tokens_areReadForAQuotaThatMeasures() {
    pod("coder-1", value(3, 2));
    PolicySettings settings = PolicySettings.reactive(Quantity.of(12), new ReplicaBounds(2, 40));
    PolicyDefinition metered =
        Policies.reading(
            Policies.with(CODER.key(), settings.withQuota(new Quota(Quantity.of(1000)))),
            CODER.demand());

    assertThat(demand.read(metered, Policies.target(1)).toCompletableFuture().join().tokens())
        .get()
        .returns(Quantity.of(3), tokens -> tokens.tokensPerMinute());
    assertThat(demand.read(CODER, Policies.target(1)).toCompletableFuture().join().tokens())
        .isEmpty();
  }

  @Test
  void runs_areKnownByPod_whereAnybodyLooksAtThem() {
    pod("coder-1", value(2.2, 2));
    pod("coder-2", new Reading.Stale(now.minusSeconds(90), "connection refused"));
    PolicyDefinition busy = Policies.protecting(CODER);
    read(CODER, Policies.target(2));
    assertThat(runs.read(CODER)).isInstanceOf(PodRuns.Reading.Unknown.class);

    read(busy, Policies.target(2));
    assertThat(runs.read(busy))
        .isEqualTo(
            new PodRuns.Reading.Measured(Map.of("coder-1", new PodRuns.Runs(3, Optional.empty()))));

    failure = Optional.of(new IllegalStateException("Prometheus is gone"));
    read(busy, Policies.target(2));
    assertThat(runs.read(busy)).isEqualTo(new PodRuns.Reading.Unknown("Prometheus is gone"));
  }

  @Test
  void runs_noPodEverTells_areNotMeasured_afterAWhile() {
    pod("coder-1", new Reading.Absent("no series of any known source"));
    PolicyDefinition busy = Policies.protecting(CODER);
    read(busy, Policies.target(1));
    assertThat(runs.read(busy)).isEqualTo(new PodRuns.Reading.Measured(Map.of()));
    now = now.plusSeconds(121);
    assertThat(runs.read(busy)).isInstanceOf(PodRuns.Reading.Unknown.class);
    read(busy, Policies.target(1));
    assertThat(runs.read(busy)).isInstanceOf(PodRuns.Reading.NotMeasured.class);
  }

  @Test
  void query_mustGiveOneNumber() {
    assertThat(QueryDemand.demand("Prometheus", "sum(x)", vector(41.0001)))
        .isEqualTo(new LiveDemand.Known(Quantity.ofMilli(41_001), now, "Prometheus"));
    assertThat(
            QueryDemand.demand("Prometheus", "sum(x)", new QueryResult.Scalar(new Sample(0, now))))
        .as("a zero that was measured")
        .isEqualTo(new LiveDemand.Known(Quantity.ZERO, now, "Prometheus"));
    assertUnknown(QueryDemand.demand("Prometheus", "sum(x)", vector()), "no series");
    assertUnknown(QueryDemand.demand("Prometheus", "sum(x)", vector(1, 2)), "2 series");
    assertUnknown(QueryDemand.demand("Prometheus", "sum(x)", vector(Double.NaN)), "NaN");
    assertUnknown(
        QueryDemand.demand("Prometheus", "sum(x)", vector(Double.POSITIVE_INFINITY)), "Infinity");
    assertUnknown(QueryDemand.demand("Prometheus", "sum(x)", vector(-1)), "-1");
    assertUnknown(
        QueryDemand.demand("Prometheus", "sum(x)", new QueryResult.Matrix(List.of())), "a range");
  }

  private QueryResult vector(double... values) {
    List<LabelledSample> rows = new ArrayList<>();
    for (double value : values) {
      rows.add(new LabelledSample(Map.of(), new Sample(value, now)));
    }
    return new QueryResult.Vector(rows);
  }
}
