// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.forecast.Forecast;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chart drawn from columns that do not belong together tells a story that never happened. */
final class PolicyChartTest {
  private static final PolicyKey CODER = new PolicyKey("agent-prod", "coder");

  private final PolicyBoard board = new PolicyBoard();
  private final BoardScene scene = new BoardScene(board);

  private JsonNode chart() {
    PolicySnapshot snapshot = board.find(CODER).orElseThrow();
    return PolicyChart.of(snapshot.definition(), board.history(CODER));
  }

  @Test
  void columns_haveARowForEachDecision_andNothingForTheUnknown() {
    scene.decide("coder", 30);

    JsonNode chart = chart();
    for (String column :
        List.of(
            "time", "replicas", "readyReplicas", "decided", "floor", "ceiling", "live", "served")) {
      assertThat(chart.path(column)).as(column).hasSize(30);
    }
    // Every ninth demand is unknown; the one before it stands in for what is served.
    assertThat(chart.path("live").get(7).isNull()).isTrue();
    assertThat(chart.path("served").get(7)).isEqualTo(chart.path("served").get(6));
    assertThat(chart.path("live").get(6).asDouble()).isPositive();
    assertThat(chart.path("forecast").path("time")).isEmpty();
    assertThat(chart.path("windows")).isEmpty();
  }

  @Test
  void forecasts_standAtTheTimeTheyAreFor() {
    scene.decideAhead("coder", 60);

    JsonNode forecast = chart().path("forecast");
    List<DecisionRecord> records = board.history(CODER);
    Forecast last =
        records.getLast().decision().explanation().foresight().orElseThrow().forecast().forecast();
    assertThat(last).isInstanceOf(Forecast.Known.class);
    Forecast.Known known = (Forecast.Known) last;

    int newest = forecast.path("time").size() - 1;
    assertThat(newest).isGreaterThan(5);
    assertThat(forecast.path("middle")).hasSize(newest + 1);
    assertThat(forecast.path("upper")).hasSize(newest + 1);
    assertThat(forecast.path("time").get(newest).asLong()).isEqualTo(known.at().getEpochSecond());
    assertThat(forecast.path("upper").get(newest).asDouble())
        .isEqualTo(Math.round(known.quantile(0.9) * 1000) / 1000.0);
  }

  @Test
  void windows_areThoseOfTheSchedules_andLiftTheFloor() {
    scene.decideAhead("coder", 40);

    JsonNode chart = chart();
    JsonNode window = chart.path("windows").get(0);
    assertThat(window.path("name").asText()).isEqualTo("rush");
    assertThat(window.path("from").asLong())
        .isEqualTo(Instant.parse("2026-03-02T08:04:00Z").getEpochSecond());
    assertThat(window.path("to").asLong())
        .isEqualTo(Instant.parse("2026-03-02T08:09:00Z").getEpochSecond());
    assertThat(chart.path("floor").get(20).asInt()).isEqualTo(18);
    assertThat(chart.path("floor").get(39).asInt()).isEqualTo(2);
  }
}
