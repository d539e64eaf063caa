// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.actuate.AutoscalerKind;
import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.core.policy.ServedDemand;
import io.agentscale.simulations.replay.autoscale.PolicyScaling.Actuation;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A policy's memory during a replay, and its HPA's. */
final class PolicySession implements Session {
  private final PolicyScaling scaling;
  private final PolicyLoop loop;
  private final HpaSession hpa;
  private final Optional<HeldBounds> held;
  private final Optional<LastReplica> last;
  private boolean crossed;

  PolicySession(PolicyScaling scaling, SessionContext context) {
    this.scaling = scaling;
    loop = new PolicyLoop(scaling.settings(), scaling.demand(), scaling.forecast());
    hpa =
        new HpaSession(
            scaling.hpa(),
            scaling.controller(),
            scaling.signals(),
            context,
            true,
            ObservationLog.NONE);
    held =
        scaling.actuation() == Actuation.METRIC
            ? Optional.empty()
            : Optional.of(
                new HeldBounds(
                    scaling.settings().schedules().baseline(),
                    AutoscalerKind.HPA,
                    new ReplicaBounds(scaling.hpa().minReplicas(), scaling.hpa().maxReplicas())));
    last = scaling.activation().map(LastReplica::new);
  }

  @Override
  public int decide(ClusterView view) {
    crossed = false;
    if (held.isEmpty() && last.isEmpty()) {
      return follow(view, scaling.hpa(), loop.outcome(view).served());
    }
    PolicyDecision decision = loop.decide(view);
    HpaSpec spec = held.map(bounds -> bounded(bounds.after(decision))).orElse(scaling.hpa());
    OptionalInt crossing =
        last.isPresent()
            ? last.get().decide(view, decision, List.of(seen(spec, view)))
            : OptionalInt.empty();
    if (crossing.isPresent()) {
      crossed = true;
      return crossing.getAsInt();
    }
    return follow(view, spec, decision.served());
  }

  /** What is held of the HPA stays, since that is written on it. */
  @Override
  public void restart(Controller controller, double seconds) {
    hpa.restart(controller, seconds);
    if (controller == Controller.AGENTSCALE) {
      loop.restart();
      last.ifPresent(LastReplica::restart);
    }
  }

  private int follow(ClusterView view, HpaSpec spec, ServedDemand served) {
    return hpa.decide(view, spec, _ -> HpaSession.served(PolicyLoop.known(served)));
  }

  private HpaSpec bounded(ReplicaBounds bounds) {
    HpaSpec spec = scaling.hpa();
    return new HpaSpec(
        spec.namespace(),
        spec.name(),
        spec.target(),
        bounds.min(),
        bounds.max(),
        spec.metrics(),
        spec.behavior());
  }

  private static AutoscalerView seen(HpaSpec hpa, ClusterView view) {
    return new AutoscalerView(
        AutoscalerKind.HPA.kind(),
        hpa.name(),
        hpa.minReplicas(),
        hpa.maxReplicas(),
        view.replicas(),
        view.replicas(),
        Optional.empty(),
        List.of());
  }

  @Override
  public boolean readsLatency() {
    return hpa.readsLatency();
  }

  @Override
  public String reason() {
    String why = loop.reason();
    return why.isEmpty() ? "" : why + "; " + (crossed ? crossing() : hpa.reason());
  }

  private String crossing() {
    return last.map(LastReplica::because).orElse("");
  }

  @Override
  public Optional<PolicyDecision> policyDecision() {
    return loop.last();
  }

  @Override
  public Optional<ForecastScore> forecastScore() {
    return loop.forecastScore();
  }
}
