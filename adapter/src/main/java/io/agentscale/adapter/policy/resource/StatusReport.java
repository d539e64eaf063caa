// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.policy.resource.ScalingPolicyStatus.Bounds;
import io.agentscale.adapter.policy.resource.ScalingPolicyStatus.Condition;
import io.agentscale.adapter.policy.resource.ScalingPolicyStatus.Forecast;
import io.agentscale.adapter.policy.resource.ScalingPolicyStatus.NextTransition;
import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.policy.ServedDemand;
import io.agentscale.core.schedule.ScheduledBounds;
import io.agentscale.core.schedule.Spans;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Says what became of a policy as its status does. */
final class StatusReport {
  private static final String REFUSED = "Invalid";

  private StatusReport() {}

  /** Reports a policy that is followed. */
  static ScalingPolicyStatus of(
      PolicySnapshot snapshot, Optional<NextTransition> next, Instant now) {
    PolicyDefinition policy = snapshot.definition();
    Optional<DecisionRecord> latest = snapshot.latest();
    ScheduledBounds bounds = policy.settings().schedules().at(now);
    return new ScalingPolicyStatus(
        policy.generation(),
        snapshot.conditions().stream().map(c -> condition(c, policy.generation())).toList(),
        orNull(latest.flatMap(StatusReport::demand)),
        orNull(latest.map(record -> record.decision().replicas())),
        new Bounds(bounds.floor(), bounds.ceiling()),
        orNull(next),
        orNull(latest.flatMap(record -> forecast(policy, record))),
        orNull(latest.map(record -> record.decision().explanation().headline())),
        snapshot.warnings().isEmpty() ? null : snapshot.warnings());
  }

  /** Reports a policy whose spec cannot be followed. */
  static ScalingPolicyStatus refused(long generation, List<String> problems, Instant now) {
    return new ScalingPolicyStatus(
        generation,
        List.of(
            new Condition(
                PolicyCondition.Type.READY.text(),
                PolicyCondition.Status.FALSE.text(),
                REFUSED,
                String.join("; ", problems),
                generation,
                time(now))),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Condition condition(PolicyCondition condition, long generation) {
    return new Condition(
        condition.type().text(),
        condition.status().text(),
        condition.reason(),
        condition.message(),
        generation,
        time(condition.lastTransition()));
  }

  private static Optional<String> demand(DecisionRecord record) {
    return switch (record.decision().explanation().served()) {
      case ServedDemand.Known known -> Optional.of(known.demand().toString());
      case ServedDemand.Unknown _ -> Optional.empty();
    };
  }

  private static Optional<Forecast> forecast(PolicyDefinition policy, DecisionRecord record) {
    if (policy.forecast().isEmpty()) {
      return Optional.empty();
    }
    Optional<Accuracy> accuracy =
        record.decision().explanation().foresight().map(f -> f.forecast().accuracy());
    double quantile = policy.forecast().get().use().quantile();
    Optional<Double> coverage =
        accuracy.stream()
            .flatMap(a -> a.quantiles().stream())
            .filter(q -> q.p() == quantile)
            .map(q -> rounded(q.coverage()))
            .findFirst();
    OptionalDouble skill = accuracy.map(Accuracy::skill).orElse(OptionalDouble.empty());
    return Optional.of(
        new Forecast(
            orNull(record.lead().map(lead -> Spans.text(lead.truncatedTo(ChronoUnit.SECONDS)))),
            skill.isPresent() ? (Double) rounded(skill.getAsDouble()) : null,
            orNull(coverage)));
  }

  private static double rounded(double share) {
    return Math.rint(share * 100) / 100;
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static <T> @Nullable T orNull(Optional<T> value) {
    return value.orElse(null);
  }
}
