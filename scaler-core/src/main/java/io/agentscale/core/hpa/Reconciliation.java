// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.HpaDecision.Action;
import io.agentscale.core.hpa.HpaDecision.ErrorKind;
import io.agentscale.core.hpa.MetricEvaluation.Failed;
import io.agentscale.core.hpa.MetricEvaluation.Proposed;
import io.agentscale.core.hpa.Reasoning.Combination.Largest;
import io.agentscale.core.hpa.Reasoning.Combination.Refused;
import io.agentscale.core.hpa.ScaleReading.Scale;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One run of the controller; used once. */
final class Reconciliation {
  private final HpaSettings settings;
  private final HpaSpec spec;
  private final Observation observation;
  private final Instant now;
  private final StatusDraft status;
  private final List<HpaEvent> events = new ArrayList<>(2);
  private HpaState state;
  private Optional<String> error = Optional.empty();

  Reconciliation(
      HpaSettings settings, HpaSpec spec, HpaState state, Observation observation, Instant now) {
    this.settings = settings;
    this.spec = spec;
    this.state = state;
    this.observation = observation;
    this.now = now;
    status = new StatusDraft(state.status(), now);
  }

  HpaTransition run() {
    if (spec.target().hasMalformedVersion()) {
      String cause = "unexpected GroupVersion string: " + spec.target().apiVersion();
      return scaleUnreadable(
          cause, "invalid API version in scale target reference: " + cause, ErrorKind.SPEC);
    }
    return switch (observation.scale()) {
      case ScaleReading.Failed failed ->
          scaleUnreadable(
              failed.error(),
              "failed to query scale subresource for " + reference() + ": " + failed.error(),
              ErrorKind.INTERNAL);
      case Scale scale -> reconcile(scale);
    };
  }

  private HpaTransition scaleUnreadable(String cause, String runError, ErrorKind kind) {
    events.add(HpaEvent.warning("FailedGetScale", cause));
    status.set(
        Condition.ABLE_TO_SCALE,
        Condition.FALSE,
        "FailedGetScale",
        "the HPA controller was unable to get the target's current scale: " + cause);
    store(status.withConditions());
    OptionalInt replicas =
        observation.scale() instanceof Scale scale
            ? OptionalInt.of(scale.specReplicas())
            : OptionalInt.empty();
    var decision =
        new HpaDecision(
            replicas,
            Action.NONE,
            Optional.of(runError),
            kind,
            events,
            new Reasoning.ScaleUnreadable(cause));
    return new HpaTransition(decision, state);
  }

  private HpaTransition reconcile(Scale scale) {
    int current = scale.specReplicas();
    if (state.recommendations().isEmpty()) {
      remember(state.recommendations().with(current, now, now));
    }
    if (current == 0 && spec.minReplicas() != 0) {
      announceScaleRead();
      status.set(
          Condition.SCALING_ACTIVE,
          Condition.FALSE,
          "ScalingDisabled",
          "scaling is disabled since the replica count of the target is zero");
      return settle(current, List.of(), new Reasoning.Disabled());
    }
    if (current > spec.maxReplicas()) {
      return goToBound(current, spec.maxReplicas(), true);
    }
    if (current < spec.minReplicas()) {
      return goToBound(current, spec.minReplicas(), false);
    }
    return followMetrics(scale);
  }

  /** Where metrics are followed to the end, what they come to is announced in its place. */
  private void announceScaleRead() {
    status.set(
        Condition.ABLE_TO_SCALE,
        Condition.TRUE,
        "SucceededGetScale",
        "the HPA controller was able to get the target's current scale");
  }

  private HpaTransition goToBound(int current, int bound, boolean above) {
    announceScaleRead();
    String reason =
        above
            ? "Current number of replicas above Spec.MaxReplicas"
            : "Current number of replicas below Spec.MinReplicas";
    return rescale(current, bound, reason, List.of(), new Reasoning.OutOfBounds(above, bound));
  }

  private HpaTransition followMetrics(Scale scale) {
    return switch (new SelectorCheck(spec, observation).check(scale.selector())) {
      case SelectorCheck.Refused refused -> {
        events.add(HpaEvent.warning(refused.eventReason(), refused.error()));
        announceScaleRead();
        status.set(
            Condition.SCALING_ACTIVE,
            Condition.FALSE,
            refused.conditionReason(),
            refused.conditionMessage());
        Optional<String> parserError =
            scale.selector() instanceof TargetSelector.Unparsable unparsable
                ? Optional.of(unparsable.error())
                : Optional.empty();
        yield giveUp(
            scale, refused.error(), new Reasoning.SelectorUnusable(refused.error(), parserError));
      }
      case SelectorCheck.Usable usable -> evaluate(scale, usable.pods());
    };
  }

  private HpaTransition evaluate(Scale scale, TargetPods pods) {
    var context =
        new ReplicaContext(
            settings,
            ToleranceBand.of(settings, spec.behavior()),
            spec.namespace(),
            scale,
            pods,
            now);
    var evaluator = new MetricEvaluator(context);
    List<MetricEvaluation> evaluations = new ArrayList<>(spec.metrics().size());
    List<MetricStatus> statuses = new ArrayList<>(spec.metrics().size());
    for (int i = 0; i < spec.metrics().size(); i++) {
      MetricEvaluation evaluation =
          evaluator.evaluate(spec.metrics().get(i), observation.metric(i));
      evaluations.add(evaluation);
      statuses.add(announce(evaluation));
    }
    var combination = MetricCombination.of(evaluations, scale.specReplicas());
    error = combination.error();
    return switch (combination.result()) {
      case Refused refused -> {
        announceFirst(combination.firstFailure().orElseThrow());
        yield giveUp(
            scale,
            refused.error(),
            new Reasoning.Evaluated(evaluations, refused, Optional.empty()));
      }
      case Largest largest -> normalize(scale, evaluations, statuses, largest);
    };
  }

  private MetricStatus announce(MetricEvaluation evaluation) {
    return switch (evaluation) {
      case Proposed proposed -> proposed.status();
      case Failed failed -> {
        failed
            .notice()
            .ifPresent(notice -> events.add(HpaEvent.warning(notice.reason(), notice.cause())));
        yield MetricStatus.Unknown.ENTRY;
      }
    };
  }

  private void announceFirst(Failed failure) {
    announceScaleRead();
    failure
        .notice()
        .ifPresentOrElse(
            notice ->
                status.set(
                    Condition.SCALING_ACTIVE,
                    Condition.FALSE,
                    notice.reason(),
                    "the HPA was unable to compute the replica count: " + notice.cause()),
            status::setEmpty);
  }

  private HpaTransition giveUp(Scale scale, String cause, Reasoning reasoning) {
    store(status.withCurrentReplicas(scale.specReplicas()));
    events.add(HpaEvent.warning("FailedComputeMetricsReplicas", cause));
    error =
        Optional.of(
            "failed to compute desired number of replicas based on listed metrics for "
                + reference()
                + ": "
                + cause);
    return finish(scale.specReplicas(), Action.NONE, reasoning);
  }

  private HpaTransition normalize(
      Scale scale,
      List<MetricEvaluation> evaluations,
      List<MetricStatus> statuses,
      Largest largest) {
    int current = scale.specReplicas();
    int desired = Math.max(0, largest.replicas());
    var outcome = new Normalizer(spec, settings, state, current, now).normalize(desired);
    remember(outcome.recommendations());
    Normalization normalization = outcome.normalization();
    status.set(
        Condition.ABLE_TO_SCALE,
        Condition.TRUE,
        normalization.stabilization().reason(),
        normalization.stabilization().message());
    status.set(
        Condition.SCALING_ACTIVE,
        Condition.TRUE,
        "ValidMetricFound",
        "the HPA was able to successfully calculate a replica count from ",
        largest.winner());
    status.set(
        Condition.SCALING_LIMITED,
        normalization.isLimited() ? Condition.TRUE : Condition.FALSE,
        normalization.limit().reason(),
        normalization.limit().message());
    var reasoning = new Reasoning.Evaluated(evaluations, largest, Optional.of(normalization));
    if (normalization.result() == current) {
      return settle(current, statuses, reasoning);
    }
    return rescale(
        current, normalization.result(), rescaleReason(current, largest), statuses, reasoning);
  }

  /** Says nothing where only older recommendations or limits move the count. */
  private static String rescaleReason(int current, Largest largest) {
    int desired = Math.max(0, largest.replicas());
    if (desired > current) {
      return largest.winner() + " above target";
    }
    return desired < current ? "All metrics below target" : "";
  }

  private HpaTransition rescale(
      int current, int desired, String reason, List<MetricStatus> statuses, Reasoning reasoning) {
    String announcement = "New size: " + desired + "; reason: " + reason;
    Optional<String> writeError = observation.writes().scaleError();
    if (writeError.isPresent()) {
      events.add(HpaEvent.warning("FailedRescale", announcement + "; error: " + writeError.get()));
      status.set(
          Condition.ABLE_TO_SCALE,
          Condition.FALSE,
          "FailedUpdateScale",
          "the HPA controller was unable to update the target scale: " + writeError.get());
      store(status.withCurrentReplicas(current));
      error = Optional.of("failed to rescale " + reference() + ": " + writeError.get());
      return finish(current, Action.NONE, reasoning);
    }
    status.set(
        Condition.ABLE_TO_SCALE,
        Condition.TRUE,
        "SucceededRescale",
        "the HPA controller was able to update the target scale to " + desired);
    events.add(HpaEvent.normal("SuccessfulRescale", announcement));
    spec.behavior().ifPresent(behavior -> recordChange(behavior, desired - current));
    complete(current, desired, statuses);
    return finish(desired, desired > current ? Action.SCALE_UP : Action.SCALE_DOWN, reasoning);
  }

  private void recordChange(Behavior behavior, int change) {
    ScaleEventHistory ups = state.scaleUps();
    ScaleEventHistory downs = state.scaleDowns();
    if (change > 0) {
      ups = ups.with(change, now, longestPeriod(behavior.scaleUp()));
    } else {
      downs = downs.with(-change, now, longestPeriod(behavior.scaleDown()));
    }
    state = new HpaState(state.recommendations(), ups, downs, state.status());
  }

  private static Duration longestPeriod(ScalingRules rules) {
    return Duration.ofSeconds(rules.longestPeriodSeconds());
  }

  private HpaTransition settle(int current, List<MetricStatus> statuses, Reasoning reasoning) {
    complete(current, current, statuses);
    return finish(current, Action.NONE, reasoning);
  }

  private void complete(int current, int desired, List<MetricStatus> statuses) {
    store(status.complete(current, desired, statuses))
        .ifPresent(
            cause ->
                error = Optional.of("failed to update status for " + spec.name() + ": " + cause));
  }

  /** Stores a status if it differs from the stored one, and returns what went wrong. */
  private Optional<String> store(HpaStatus changed) {
    if (changed.equals(state.status())) {
      return Optional.empty();
    }
    Optional<String> failure = observation.writes().statusError();
    if (failure.isPresent()) {
      events.add(HpaEvent.warning("FailedUpdateStatus", failure.get()));
    } else {
      state = new HpaState(state.recommendations(), state.scaleUps(), state.scaleDowns(), changed);
    }
    return failure;
  }

  private void remember(RecommendationHistory recommendations) {
    state = new HpaState(recommendations, state.scaleUps(), state.scaleDowns(), state.status());
  }

  private HpaTransition finish(int replicas, Action action, Reasoning reasoning) {
    ErrorKind kind = error.isPresent() ? ErrorKind.INTERNAL : ErrorKind.NONE;
    return new HpaTransition(
        new HpaDecision(OptionalInt.of(replicas), action, error, kind, events, reasoning), state);
  }

  private String reference() {
    return spec.target().kind() + "/" + spec.namespace() + "/" + spec.target().name();
  }
}
