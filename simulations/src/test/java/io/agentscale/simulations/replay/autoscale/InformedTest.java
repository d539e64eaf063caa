// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.Baselines;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.Misses;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodPresets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A replay from the middle of traffic must decide by all that came before, not by half of it. */
final class InformedTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final int MIDDLE = 3 * 86_400;
  private static final int END = MIDDLE + 7_200;
  private static final int SYNC = 60;
  private static final SessionContext CONTEXT =
      new SessionContext(PodPresets.agentPod(), Cluster.of(2, new Distribution.Constant(60)));

  private static Autoscaler forecaster() {
    return Baselines.forecastOnly(
        new ForecastUse(0.9, new SkillGate(-9)),
        Quantity.of(6L),
        new ReplicaBounds(1, 1000),
        new ForecastPlan(
            Signal.DEMAND, Duration.ofMinutes(1), Duration.ofMinutes(5), "configured"));
  }

  /** A view at a time since one start, of a load scraped a little before. */
  private record View(Instant start, double seconds, double demand, int replicas)
      implements ClusterView {
    @Override
    public Instant now() {
      return at(seconds);
    }

    @Override
    public Instant at(double after) {
      return start.plusMillis(Math.round(after * 1000));
    }

    @Override
    public int ready() {
      return replicas;
    }

    @Override
    public List<PodGroup> pods() {
      return List.of();
    }

    @Override
    public Optional<LoadSample> load() {
      return Optional.of(newLoads().getFirst());
    }

    @Override
    public List<LoadSample> newLoads() {
      return List.of(
          new LoadSample(seconds - 5, replicas, demand, 0, 1, 1, 1, Double.NaN, Misses.NONE));
    }

    @Override
    public int neededUntil(double until) {
      return 1;
    }
  }

  private static double demand(int second) {
    double day = 2 * Math.PI * second / 86_400;
    return 100 - 80 * Math.cos(day) + 9 * Math.sin(57 * day);
  }

  private static List<Integer> decide(Session session, Instant start, int from, int to, int first) {
    List<Integer> decided = new ArrayList<>();
    int replicas = first;
    for (int second = from; second < to; second += SYNC) {
      int since = second - (int) Duration.between(START, start).toSeconds();
      replicas = session.decide(new View(start, since, demand(second), replicas));
      decided.add(replicas);
    }
    return decided;
  }

  @Test
  void goesOn_asIfItHadBeenThereFromTheStart() {
    Recorded recorded = new Recorded(forecaster());
    List<Integer> whole = decide(recorded.begin(CONTEXT), START, 0, END, 2);
    List<Integer> rest = whole.subList(MIDDLE / SYNC, whole.size());

    Past past = recorded.before(MIDDLE - 5);
    assertThat(past.replicas()).isEqualTo(whole.get(MIDDLE / SYNC - 1));
    assertThat(past.loads()).hasSize(MIDDLE / SYNC).last().extracting("atSeconds").isEqualTo(-60.0);

    Instant middle = START.plusSeconds(MIDDLE - 5);
    Session informed = new Informed(forecaster(), past).begin(CONTEXT);
    assertThat(decide(informed, middle, MIDDLE, END, past.replicas())).isEqualTo(rest);

    Session fresh = forecaster().begin(CONTEXT);
    assertThat(decide(fresh, middle, MIDDLE, END, past.replicas())).isNotEqualTo(rest);
  }
}
