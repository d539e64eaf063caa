// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.ForecastPlan;
import io.agentscale.adapter.policy.Lead;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.adapter.policy.ScaleInGuard;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.adapter.policy.live.Backfill;
import io.agentscale.adapter.policy.live.DemandHistory;
import io.agentscale.adapter.policy.live.DemandReader;
import io.agentscale.adapter.policy.live.LeaderDuties;
import io.agentscale.adapter.policy.live.Leadership;
import io.agentscale.adapter.policy.live.LoopParts;
import io.agentscale.adapter.policy.live.LoopSettings;
import io.agentscale.adapter.policy.live.PolicyLoop;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.ReplicaBounds;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Measures the loop with thousands of policies: the share of a core that deciding every fifteen
 * seconds takes, and the heap once all histories are full. Demand and targets come from memory.
 *
 * <p>Arguments: how many policies, how many of them forecast, the forecaster's step in seconds.
 */
public final class LoopBench {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration FILL = Duration.ofMinutes(130);
  private static final Duration MEASURED = Duration.ofMinutes(30);

  private LoopBench() {}

  public static void main(String[] arguments) {
    int policies = Integer.parseInt(arguments[0]);
    int forecasting = Integer.parseInt(arguments[1]);
    Duration step = Duration.ofSeconds(Long.parseLong(arguments[2]));
    long before = usedBytes();
    PolicyBoard board = new PolicyBoard();
    Instant[] now = {START};
    PolicyLoop loop = loop(board, now, step);
    for (int i = 0; i < policies; i++) {
      loop.defined(policy(i, i < forecasting));
    }
    run(loop, now, FILL);
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    run(loop, now, MEASURED);
    double share =
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu)
            / (double) MEASURED.toNanos();
    long bytes = usedBytes() - before;
    int kept = board.history(new PolicyKey("agents-0", "policy-0")).size();
    System.out.printf(
        "%d policies, %d forecasting at steps of %s: %.2f %% of a core, %.1f MB heap (%d bytes a"
            + " policy, %d decisions kept of each)%n",
        policies, forecasting, step, 100 * share, bytes / 1e6, bytes / policies, kept);
  }

  private static void run(PolicyLoop loop, Instant[] now, Duration time) {
    Instant end = now[0].plus(time);
    while (now[0].isBefore(end)) {
      now[0] = now[0].plus(PolicyLoop.RESOLUTION);
      loop.tick(now[0]);
      loop.act(now[0]);
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static PolicyLoop loop(PolicyBoard board, Instant[] now, Duration step) {
    LoopSettings usual = LoopSettings.DEFAULT;
    DemandReader demand =
        (policy, _) ->
            CompletableFuture.completedStage(
                new DemandReader.Reading(
                    new LiveDemand.Known(demand(policy, now[0]), now[0], "Prometheus"),
                    Optional.empty()));
    return new PolicyLoop(
        new LoopParts(
            policy ->
                new TargetView.Known(
                    4 + Math.floorMod(policy.key().hashCode(), 8),
                    4,
                    LabelSelector.EVERYTHING,
                    List.of(),
                    Optional.of(new TargetView.MeasuredLead(Duration.ofSeconds(95), 20)),
                    List.of()),
            demand,
            new Backfill(DemandHistory.NONE, Runnable::run),
            ScaleInGuard.NONE,
            Actuator.IDLE,
            Leadership.ALONE,
            LeaderDuties.NONE,
            () -> true),
        new LoopSettings(usual.period(), usual.patience(), usual.fallbackLead(), step),
        board);
  }

  /** A day's rhythm and some noise, different for each. */
  private static Quantity demand(PolicyDefinition policy, Instant now) {
    double day = 2 * Math.PI * now.getEpochSecond() / 86_400;
    int seed = policy.key().hashCode();
    long noise = Math.floorMod((now.getEpochSecond() * 2_654_435_761L) ^ seed, 29L);
    return Quantity.of(Math.rint(100 + 60 * Math.sin(day + seed)) + noise);
  }

  private static PolicyDefinition policy(int i, boolean forecasts) {
    PolicySettings settings = PolicySettings.reactive(Quantity.of(12), new ReplicaBounds(2, 40));
    ForecastPlan plan = new ForecastPlan(Duration.ofDays(14), new Lead.Auto(), ForecastUse.DEFAULT);
    return new PolicyDefinition(
        new PolicyKey("agents-" + i % 50, "policy-" + i),
        "uid-" + i,
        1,
        new TargetRef("apps/v1", "Deployment", "workload-" + i),
        PolicyDefinition.Mode.ENFORCE,
        new DemandSource.OfQuery("sum(waiting)", Optional.empty()),
        forecasts ? settings.withForecast(plan.use()) : settings,
        forecasts ? Optional.of(plan) : Optional.empty(),
        Optional.empty(),
        ScaleIn.UNPROTECTED,
        new Actuation.Metric());
  }
}
