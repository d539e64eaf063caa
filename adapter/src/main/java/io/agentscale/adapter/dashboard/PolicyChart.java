// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.schedule.Occurrence;
import io.agentscale.core.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The decisions of one policy as columns to draw: one row a decision, null where a value was not
 * known. Times are seconds since the epoch.
 */
final class PolicyChart {
  /** Windows may begin long before what is shown. */
  private static final Duration LOOK_BACK = Schedule.MAX_DURATION;

  private static final int MOST_WINDOWS = 200;

  private final PolicyDefinition policy;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  private PolicyChart(PolicyDefinition policy) {
    this.policy = policy;
  }

  /**
   * @param records the decisions, the oldest first
   */
  static ObjectNode of(PolicyDefinition policy, List<DecisionRecord> records) {
    PolicyChart chart = new PolicyChart(policy);
    records.forEach(chart::add);
    if (!records.isEmpty()) {
      chart.forecasts(records);
      chart.windows(records.getFirst().at(), records.getLast().at().plus(Duration.ofHours(1)));
    }
    return chart.json;
  }

  private void add(DecisionRecord record) {
    Explanation explanation = record.decision().explanation();
    column("time").add(seconds(record.at()));
    column("replicas").add(record.replicas());
    column("readyReplicas").add(record.readyReplicas());
    column("decided").add(record.decision().replicas());
    column("floor").add(explanation.schedules().floor());
    column("ceiling").add(explanation.schedules().ceiling());
    number(column("live"), live(record.live()));
    number(column("served"), Sparklines.served(record));
  }

  private static double live(LiveDemand demand) {
    return demand instanceof LiveDemand.Known known ? known.demand().doubleValue() : Double.NaN;
  }

  /** Forecasts stand at the time they are for, each horizon's once. */
  private void forecasts(List<DecisionRecord> records) {
    ObjectNode forecast = json.putObject("forecast");
    Stream.of("time", "middle", "upper").forEach(forecast::putArray);
    Instant last = Instant.MIN;
    for (DecisionRecord record : records) {
      Optional<Forecast.Known> known = known(record);
      if (known.isPresent() && known.get().at().isAfter(last)) {
        last = known.get().at();
        append(forecast, known.get());
      }
    }
  }

  private static Optional<Forecast.Known> known(DecisionRecord record) {
    return record
        .decision()
        .explanation()
        .foresight()
        .map(Foresight::forecast)
        .map(explained -> explained.forecast())
        .filter(Forecast.Known.class::isInstance)
        .map(Forecast.Known.class::cast);
  }

  private void append(ObjectNode forecast, Forecast.Known known) {
    PolicySettings settings = policy.settings();
    double quantile = settings.forecast().map(use -> use.quantile()).orElse(Double.NaN);
    double upper =
        known.quantiles().stream()
            .filter(each -> each.p() == quantile)
            .mapToDouble(Forecast.Quantile::value)
            .findFirst()
            .orElse(Double.NaN);
    forecast.withArray("time").add(seconds(known.at()));
    number(forecast.withArray("middle"), known.value());
    number(forecast.withArray("upper"), upper);
  }

  private void windows(Instant from, Instant to) {
    ArrayNode windows = json.putArray("windows");
    for (Schedule schedule : policy.settings().schedules().schedules()) {
      for (Occurrence window :
          policy.settings().schedules().occurrences(schedule, from.minus(LOOK_BACK), to)) {
        boolean isShown = window.excludedBy().isEmpty() && window.end().isAfter(from);
        if (isShown && windows.size() < MOST_WINDOWS) {
          windows
              .addObject()
              .put("name", schedule.name())
              .put("from", seconds(window.start()))
              .put("to", seconds(window.end()));
        }
      }
    }
  }

  private ArrayNode column(String name) {
    return json.withArray(name);
  }

  private static void number(ArrayNode into, double value) {
    if (Double.isFinite(value)) {
      into.add(Math.round(value * 1000) / 1000.0);
    } else {
      into.addNull();
    }
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1e3;
  }
}
