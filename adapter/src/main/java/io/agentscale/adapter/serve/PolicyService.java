// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.dashboard.DashboardPage;
import io.agentscale.adapter.explain.ExplainPage;
import io.agentscale.adapter.metrics.MetricOrigin;
import io.agentscale.adapter.metrics.Served;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.adapter.ops.OperationsServer;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.live.Backfill;
import io.agentscale.adapter.policy.live.DemandHistory;
import io.agentscale.adapter.policy.live.DemandMetric;
import io.agentscale.adapter.policy.live.LoopParts;
import io.agentscale.adapter.policy.live.PodConcurrency;
import io.agentscale.adapter.policy.live.PolicyLoop;
import io.agentscale.adapter.policy.live.PolicyMetrics;
import io.agentscale.adapter.policy.live.PrometheusHistory;
import io.agentscale.adapter.policy.live.QueryReach;
import io.agentscale.adapter.policy.live.SourcedDemand;
import io.agentscale.apiservice.provider.GroupResource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies of a running service: the loop on its thread, and what shows its decisions. */
final class PolicyService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PolicyService.class);
  private static final Duration ACTION_PERIOD = Duration.ofSeconds(1);

  /** Histories read at once: more would only make a Prometheus that just started slower. */
  private static final int BACKFILLS = 2;

  private final Supplier<PolicyParts> beginning;
  private final AdapterConfig.Policies config;
  private final MetricSources sources;
  private final KnownObjects known;
  private final PodConcurrency runs;
  private final PolicyBoard board;
  private final MetricsExporter exporter;
  private final InstantSource clock;
  private final DemandMetric metric;
  private final StartedParts followed = new StartedParts();
  private volatile Optional<PolicyParts> begun = Optional.empty();
  private final ScheduledExecutorService deciding =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("policy-loop").factory());
  private final ScheduledExecutorService acting =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("policy-actions").factory());
  private final ExecutorService backfills =
      Executors.newFixedThreadPool(
          BACKFILLS, Thread.ofPlatform().daemon().name("policy-history-", 0).factory());

  /**
   * @param beginning begins to follow what policies work on
   * @param runs in flight, which that may look at
   */
  PolicyService(
      Supplier<PolicyParts> beginning,
      AdapterConfig.Policies config,
      MetricSources sources,
      KnownObjects known,
      PodConcurrency runs,
      PolicyBoard board,
      MetricsExporter exporter,
      InstantSource clock) {
    this.beginning = beginning;
    this.config = config;
    this.sources = sources;
    this.known = known;
    this.runs = runs;
    this.board = board;
    this.exporter = exporter;
    this.clock = clock;
    this.metric = new DemandMetric(board, config.loop().period(), this::areAllTold, clock);
  }

  private boolean areAllTold() {
    return begun.map(parts -> parts.source().isSynced()).orElse(false);
  }

  private PolicyLoop loop(PolicyParts parts) {
    QueryReach reach =
        config.confinesQueries(known.cluster().isPresent())
            ? QueryReach.ofNamespaces(() -> sources.current().config().presets().namespaceLabel())
            : QueryReach.ALL;
    LoopParts working =
        new LoopParts(
            parts.targets(),
            new SourcedDemand(
                () -> sources.current().readings(),
                name -> sources.current().backend(name),
                reach,
                pods(known),
                known.objects(),
                runs,
                clock),
            new Backfill(parts.history().orElseGet(() -> prometheus(sources, reach)), backfills),
            parts.guard(),
            parts.actuator(),
            parts.leadership(),
            parts.duties(),
            parts.source()::isSynced);
    return new PolicyLoop(working, config.loop(), board);
  }

  private static DemandHistory prometheus(MetricSources sources, QueryReach reach) {
    return new PrometheusHistory(
        name -> Optional.ofNullable(sources.current().servers().byName().get(name)),
        () -> sources.current().scope(),
        reach);
  }

  /** Returns the runs in flight on pods, as far as the sources tell them. */
  static PodConcurrency runs(MetricSources sources, KnownObjects known, InstantSource clock) {
    return new PodConcurrency(
        () -> sources.current().readings(), pods(known), known.objects(), clock);
  }

  private static ResourceKind pods(KnownObjects known) {
    return known
        .kinds()
        .resolve(new GroupResource("", "pods"))
        .orElseThrow(() -> new IllegalStateException("every cluster has pods"));
  }

  /** Returns what is served, with the demand of policies before all else. */
  Served with(Served others) {
    List<MetricOrigin> origins = new ArrayList<>(List.of(metric));
    origins.addAll(others.origins());
    return new Served(origins, others.resources());
  }

  /** Returns the pages that show and explain decisions. */
  Map<String, OperationsServer.Page> pages() {
    return Map.of("explain", new ExplainPage(board, clock), "dashboard", new DashboardPage(board));
  }

  /** Begins to follow, to decide, and to show decisions among the metrics of the service. */
  void start() {
    PolicyParts parts = beginning.get();
    followed.addAll(parts.parts());
    begun = Optional.of(parts);
    exporter.show(new PolicyMetrics(board, parts.leadership(), clock));
    PolicyLoop loop = loop(parts);
    parts.listeners().forEach(board::listen);
    parts.source().start(loop);
    every(deciding, PolicyLoop.RESOLUTION, loop::tick);
    every(acting, ACTION_PERIOD, loop::act);
  }

  private void every(ScheduledExecutorService thread, Duration period, Consumer<Instant> task) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                task.accept(clock.instant());
              } catch (RuntimeException e) {
                // A scheduled task that throws is never run again.
                log.atError().setCause(e).log("The policies met a bug; the next round goes on");
              }
            },
            0,
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Stops; a call to the API server that is under way is waited for, for a moment. */
  @Override
  public void close() {
    begun.ifPresent(parts -> parts.source().close());
    deciding.shutdownNow();
    backfills.shutdownNow();
    acting.shutdownNow();
    try {
      var _ = acting.awaitTermination(ACTION_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    followed.close();
  }
}
