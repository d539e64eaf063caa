// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

import com.sun.management.OperatingSystemMXBean;
import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.policy.live.PolicyMetrics;
import io.agentscale.adapter.policy.resource.PolicyStatusWriter;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Measures the loop with thousands of policies: the share of a core that deciding every fifteen
 * seconds takes, and the memory once all histories are full. What runs beside it live runs here:
 * forecasts, the traps looked for, the status of every policy, and the metrics of all as scraped.
 * Demand and targets come from memory, and nothing is written to a cluster.
 *
 * <p>Arguments: how many policies, how many of them forecast, the forecaster's step in seconds. One
 * line is printed.
 */
public final class LoopBench {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration FILL = Duration.ofMinutes(130);
  private static final Duration MEASURED = Duration.ofMinutes(30);
  private static final Duration SCRAPE = Duration.ofSeconds(30);

  private final Instant[] now = {START};
  private final PolicyBoard board = new PolicyBoard();
  private final PolicyLoop loop;
  private final PolicyMetrics metrics;

  private LoopBench(Duration step) {
    loop = loop(board, now, step);
    metrics = new PolicyMetrics(board, Leadership.ALONE, () -> now[0]);
    // Never started: it composes every status, as a leader's does, and sends none.
    PolicyStatusWriter statuses =
        new PolicyStatusWriter(
            ControlPlane.connect(new ClusterConnection(Config.empty(), "nowhere")),
            _ -> Optional.empty(),
            () -> now[0]);
    board.listen(
        new PolicyBoard.Listener() {
          @Override
          public void posted(PolicySnapshot snapshot) {
            statuses.write(snapshot);
          }

          @Override
          public void removed(PolicyKey key) {
            statuses.forget(key);
          }
        });
  }

  public static void main(String[] arguments) throws IOException {
    int policies = Integer.parseInt(arguments[0]);
    int forecasting = Integer.parseInt(arguments[1]);
    Duration step = Duration.ofSeconds(Long.parseLong(arguments[2]));
    LoopBench bench = new LoopBench(step);
    for (int i = 0; i < policies; i++) {
      bench.loop.defined(policy(i, i < forecasting));
    }
    bench.run(FILL);
    // All threads': the collector and the compilers belong to it.
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = process.getProcessCpuTime();
    bench.run(MEASURED);
    double share = (process.getProcessCpuTime() - cpu) / (double) MEASURED.toNanos();
    long resident = residentKilobytes();
    System.out.printf(
        "%8d %11d %6s %12.2f %% %9.1f %12.1f %17d%n",
        policies,
        forecasting,
        step.toString().substring(2).toLowerCase(Locale.ROOT),
        100 * share,
        usedBytes() / 1e6,
        resident * 1024 / 1e6,
        bench.board.history(new PolicyKey("agents-0", "policy-0")).size());
  }

  private void run(Duration time) {
    Instant end = now[0].plus(time);
    Instant scrape = now[0];
    while (now[0].isBefore(end)) {
      now[0] = now[0].plus(PolicyLoop.RESOLUTION);
      loop.tick(now[0]);
      loop.act(now[0]);
      if (!now[0].isBefore(scrape)) {
        scrape = scrape.plus(SCRAPE);
        if (metrics.collect().isEmpty()) {
          throw new IllegalStateException("the policies have no metrics");
        }
      }
    }
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
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
