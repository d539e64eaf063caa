// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static io.agentscale.adapter.policy.resource.PolicyValues.orDefault;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.ForecastPlan;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.promql.Promql;
import io.agentscale.adapter.promql.PromqlException;
import io.agentscale.adapter.yaml.InvalidFieldException;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.QueueStep;
import io.agentscale.core.policy.Quota;
import io.agentscale.core.policy.ReplicaBounds;
import java.util.Optional;

/**
 * Reads the sections of a policy's spec.
 *
 * @param tolerant pass over fields nobody knows
 */
record SectionReader(boolean tolerant) {

  /**
   * What the workload waits for.
   *
   * @param source where it is read
   * @param perReplica what one ready replica carries
   */
  record Demand(DemandSource source, Quantity perReplica) {}

  TargetRef scaleTargetRef(YamlMapping ref) {
    Optional<String> apiVersion = ref.required("apiVersion", YamlValue::nonEmpty);
    Optional<String> kind = ref.required("kind", YamlValue::nonEmpty);
    Optional<String> name = ref.required("name", YamlValue::nonEmpty);
    end(ref);
    return new TargetRef(apiVersion.orElseThrow(), kind.orElseThrow(), name.orElseThrow());
  }

  /**
   * @param namespace of the policy, which its query must be able to be confined to; absent where it
   *     need not
   */
  Demand demand(YamlMapping demand, Optional<String> namespace) {
    boolean hasPreset = demand.has("preset");
    boolean hasQuery = demand.has("query");
    Optional<String> preset = demand.optional("preset", v -> PolicyValues.preset(v.string()));
    Optional<String> query = demand.optional("query", v -> query(v, namespace));
    Optional<String> backend = demand.optional("backend", YamlValue::nonEmpty);
    Optional<Quantity> perReplica =
        demand.required("perReplica", v -> PolicyValues.positiveQuantity(v.quantity()));
    end(demand);
    if (hasPreset && hasQuery) {
      demand.refuse("query", "must be absent beside `preset`, was: given");
    } else if (!hasPreset && !hasQuery) {
      demand.refuse("preset", "must be given, or `query` instead, was: neither");
    } else if (hasPreset && backend.isPresent()) {
      demand.refuse("backend", "must be absent beside `preset`, was: " + backend.get());
    }
    DemandSource source =
        preset
            .<DemandSource>map(DemandSource.OfPreset::new)
            .or(() -> query.map(promql -> new DemandSource.OfQuery(promql, backend)))
            .orElseThrow();
    return new Demand(source, perReplica.orElseThrow());
  }

  private static String query(YamlValue value, Optional<String> namespace) {
    String promql = value.nonEmpty();
    namespace.ifPresent(
        only -> {
          try {
            var _ = Promql.confined(promql, "namespace", only);
          } catch (PromqlException e) {
            throw new IllegalArgumentException(
                "must be a query that can be confined to the series of namespace %s: %s"
                    .formatted(only, e.getMessage()),
                e);
          }
        });
    return promql;
  }

  ForecastPlan forecast(YamlMapping forecast) {
    var history =
        orDefault(forecast, "history", PolicyValues::history, SpecDefaults.FORECAST_HISTORY);
    var lead = orDefault(forecast, "lead", PolicyValues::lead, SpecDefaults.FORECAST_LEAD);
    double quantile =
        orDefault(
            forecast,
            "quantile",
            YamlValue::unquoted,
            PolicyValues::quantile,
            SpecDefaults.FORECAST_QUANTILE);
    double minSkill =
        orDefault(
            forecast,
            "minSkill",
            YamlValue::unquoted,
            PolicyValues::minSkill,
            SpecDefaults.FORECAST_MIN_SKILL);
    end(forecast);
    return new ForecastPlan(history, lead, new ForecastUse(quantile, new SkillGate(minSkill)));
  }

  ScaleIn scaleIn(YamlMapping scaleIn) {
    boolean protect =
        orDefault(
            scaleIn,
            "protectBusyPods",
            YamlValue::unquoted,
            PolicyValues::bool,
            SpecDefaults.PROTECT_BUSY_PODS);
    var longRun = orDefault(scaleIn, "longRun", PolicyValues::span, SpecDefaults.LONG_RUN);
    end(scaleIn);
    return new ScaleIn(protect, longRun);
  }

  Quota quota(YamlMapping quota) {
    Optional<Quantity> tokens =
        quota.required("tokensPerMinute", v -> PolicyValues.positiveQuantity(v.quantity()));
    Optional<Quantity> perReplica =
        quota.optional(
            "tokensPerMinutePerReplica", v -> PolicyValues.positiveQuantity(v.quantity()));
    end(quota);
    return new Quota(tokens.orElseThrow(), perReplica);
  }

  Activation activation(YamlMapping activation) {
    Quantity threshold =
        orDefault(
            activation,
            "threshold",
            YamlValue::quantity,
            PolicyValues::quantity,
            SpecDefaults.ACTIVATION_THRESHOLD);
    var idleFor =
        orDefault(activation, "idleFor", PolicyValues::span, SpecDefaults.ACTIVATION_IDLE_FOR);
    end(activation);
    return new Activation(threshold, idleFor);
  }

  static Activation defaultActivation() {
    return new Activation(
        PolicyValues.quantity(SpecDefaults.ACTIVATION_THRESHOLD),
        PolicyValues.span(SpecDefaults.ACTIVATION_IDLE_FOR));
  }

  QueueStep queueStep(YamlMapping step, ReplicaBounds bounds) {
    int upAbove =
        orDefault(
            step,
            "upAbove",
            YamlValue::unquoted,
            PolicyValues::waiting,
            SpecDefaults.QUEUE_UP_ABOVE);
    int downBelow =
        orDefault(
            step,
            "downBelow",
            YamlValue::unquoted,
            PolicyValues::waiting,
            SpecDefaults.QUEUE_DOWN_BELOW);
    var cooldown = orDefault(step, "cooldown", PolicyValues::span, SpecDefaults.QUEUE_COOLDOWN);
    end(step);
    if (downBelow > upAbove) {
      throw new InvalidFieldException(
          "downBelow", "must be at most upAbove (%d), was: %d".formatted(upAbove, downBelow));
    }
    return new QueueStep(upAbove, downBelow, bounds, cooldown);
  }

  static QueueStep defaultQueueStep(ReplicaBounds bounds) {
    return new QueueStep(
        PolicyValues.waiting(SpecDefaults.QUEUE_UP_ABOVE),
        PolicyValues.waiting(SpecDefaults.QUEUE_DOWN_BELOW),
        bounds,
        PolicyValues.span(SpecDefaults.QUEUE_COOLDOWN));
  }

  /** Ends the reading of a mapping whose keys have all been asked for. */
  void end(YamlMapping mapping) {
    if (tolerant) {
      mapping.ignoreOthers();
    }
  }
}
