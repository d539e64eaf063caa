// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.actuate.AutoscalerKind;
import io.agentscale.adapter.hpa.ScaledObject;
import io.agentscale.adapter.hpa.ScaledObject.Fallback;
import io.agentscale.adapter.hpa.ScaledObject.Source;
import io.agentscale.adapter.keda.Trigger;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricReading;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.autoscale.KedaStep.Activity;
import io.agentscale.simulations.replay.autoscale.KedaTrigger.Answer;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * KEDA's memory during a replay: it polls triggers at its own interval, and answers its HPA's
 * questions at the HPA's.
 */
final class KedaSession implements Session {
  private final KedaScaling scaling;
  private final HpaSession hpa;
  private final List<Optional<KedaTrigger>> triggers = new ArrayList<>();
  private final List<Optional<Answer>> polled = new ArrayList<>();
  private final int[] failures;
  private final Optional<PolicyTrigger> policy;
  private final Optional<HeldBounds> held;
  private ScaledObject object;
  private boolean scraped;
  private double nextPoll;
  private Optional<Instant> created = Optional.empty();
  private Optional<Instant> lastActive = Optional.empty();
  private String pollReason = "";
  private String reason = "";

  KedaSession(KedaScaling scaling, SessionContext context) {
    this.scaling = scaling;
    object = scaling.object();
    policy =
        scaling
            .policy()
            .map(each -> new PolicyTrigger(each.definition(), each.demand(), each.forecast()));
    held =
        scaling
            .policy()
            .filter(each -> each.definition().actuation() instanceof Actuation.ExactFloor)
            .map(
                each ->
                    new HeldBounds(
                        each.definition().settings().schedules().baseline(),
                        AutoscalerKind.SCALED_OBJECT,
                        new ReplicaBounds(object.minReplicas(), object.hpa().maxReplicas())));
    for (ScaledObject.Trigger trigger : object.triggers()) {
      triggers.add(trigger(trigger));
      polled.add(Optional.empty());
    }
    failures = new int[triggers.size()];
    Map<String, Signal> served = new TreeMap<>();
    for (MetricSpec metric : object.hpa().metrics()) {
      if (metric.source() instanceof MetricSource.ExternalMetric external) {
        served.put(external.metric().name(), Signal.SERVED_DEMAND);
      }
    }
    hpa =
        new HpaSession(
            object.hpa(),
            scaling.controller(),
            scaling.signals().with(served),
            context,
            true,
            ObservationLog.NONE);
  }

  private Optional<KedaTrigger> trigger(ScaledObject.Trigger trigger) {
    return switch (trigger.source()) {
      case Source.Window window -> Optional.of(new CronTrigger(window));
      case Source.Resource _ -> Optional.empty();
      case Source.Query query ->
          Optional.of(new SignalTrigger(scaling.signal(trigger).orElseThrow(), query.activation()));
      case Source.Ours(Trigger.OfMetric metric, _) ->
          Optional.of(
              new SignalTrigger(scaling.signal(trigger).orElseThrow(), metric.activation()));
      case Source.Ours(Trigger.OfPolicy _, _) -> Optional.of(policy.orElseThrow());
    };
  }

  @Override
  public double nextPoll() {
    return nextPoll;
  }

  @Override
  public int poll(ClusterView view) {
    nextPoll += object.pollingInterval().toSeconds();
    Instant now = view.now();
    Instant since = created.orElse(now);
    created = Optional.of(since);
    scraped |= view.load().isPresent();
    if (!scraped) {
      // The replay begins in the middle of a life in which metrics were known.
      return view.replicas();
    }
    Activity activity = activity(view);
    KedaStep step = KedaStep.of(object, view.replicas(), activity, lastActive, since, now);
    if (activity == Activity.ACTIVE) {
      lastActive = Optional.of(now);
    }
    if (step.replicas() != view.replicas()) {
      pollReason = step.because() + "; ";
    }
    return step.replicas();
  }

  private Activity activity(ClusterView view) {
    boolean active = triggers.stream().allMatch(Optional::isEmpty);
    boolean failed = false;
    for (int i = 0; i < triggers.size(); i++) {
      if (triggers.get(i).isPresent()) {
        Answer answer = triggers.get(i).get().ask(view);
        polled.set(i, Optional.of(answer));
        switch (answer) {
          case Answer.Known known -> active |= known.active();
          case Answer.Failed _ -> {
            failed = true;
            active |= fallback(i).isPresent();
          }
        }
      }
    }
    return active ? Activity.ACTIVE : failed ? Activity.FAILED : Activity.IDLE;
  }

  /** Returns what stands for a trigger that has failed too often. */
  private Optional<Fallback> fallback(int trigger) {
    return object.fallback().filter(each -> failures[trigger] > each.failureThreshold());
  }

  @Override
  public int decide(ClusterView view) {
    scraped |= view.load().isPresent();
    if (policy.isPresent()) {
      PolicyDecision decision = policy.get().decide(view);
      held.ifPresent(bounds -> hold(bounds.after(decision)));
    }
    if (view.replicas() == 0 && isPushed(view)) {
      lastActive = Optional.of(view.now());
      pollReason = "";
      reason = "woken by a push";
      return Math.max(1, object.minReplicas());
    }
    int replicas = hpa.decide(view, object.hpa(), trigger -> served(trigger, view));
    reason = pollReason + hpa.reason();
    pollReason = "";
    return replicas;
  }

  private boolean isPushed(ClusterView view) {
    for (int i = 0; i < triggers.size(); i++) {
      if (object.triggers().get(i).source() instanceof Source.Ours(_, boolean push)
          && push
          && triggers.get(i).orElseThrow().ask(view) instanceof Answer.Known(_, boolean active)
          && active) {
        return true;
      }
    }
    return false;
  }

  /** Answers the HPA for a trigger. */
  private MetricReading served(int index, ClusterView view) {
    Answer answer =
        object.triggers().get(index).cached() && polled.get(index).isPresent()
            ? polled.get(index).get()
            : triggers.get(index).orElseThrow().ask(view);
    return switch (answer) {
      case Answer.Known(Quantity value, _) -> {
        failures[index] = 0;
        yield HpaSession.served(Optional.of(value));
      }
      case Answer.Failed(String cause) -> {
        failures[index] += scraped ? 1 : 0;
        yield fallback(index)
            .map(each -> fallback(each, object.hpa().metrics().get(index), view))
            .orElseGet(() -> new MetricReading.Failed(cause));
      }
    };
  }

  /** As much of the metric as the fallback's replicas would carry. */
  private static MetricReading fallback(Fallback fallback, MetricSpec metric, ClusterView view) {
    long replicas = fallback.replicas(view.replicas());
    long milli =
        metric
            .target()
            .averageValue()
            .map(each -> each.milli() * replicas)
            .orElseGet(
                () ->
                    metric.target().value().orElseThrow().milli()
                        * replicas
                        / Math.max(1, view.ready()));
    return HpaSession.served(Optional.of(Quantity.ofMilli(milli)));
  }

  private void hold(ReplicaBounds bounds) {
    HpaSpec spec = scaling.object().hpa();
    object =
        object.within(
            bounds.min(),
            new HpaSpec(
                spec.namespace(),
                spec.name(),
                spec.target(),
                Math.max(1, bounds.min()),
                bounds.max(),
                spec.metrics(),
                spec.behavior()));
  }

  /**
   * KEDA polls at once and has nothing cached; when a trigger was active last, and how often each
   * has failed, is in the object's status.
   */
  @Override
  public void restart(Controller controller, double seconds) {
    switch (controller) {
      case HPA -> hpa.restart(controller, seconds);
      case KEDA -> {
        polled.replaceAll(_ -> Optional.empty());
        nextPoll = seconds;
      }
      case AGENTSCALE -> policy.ifPresent(PolicyTrigger::restart);
    }
  }

  @Override
  public boolean readsLatency() {
    return hpa.readsLatency()
        || object.triggers().stream()
            .flatMap(trigger -> scaling.signal(trigger).stream())
            .anyMatch(signal -> signal == Signal.LATENCY_P99_SECONDS);
  }

  @Override
  public String reason() {
    return policy.map(each -> each.reason() + "; ").orElse("") + reason;
  }

  @Override
  public Optional<ForecastScore> forecastScore() {
    return policy.flatMap(PolicyTrigger::forecastScore);
  }
}
