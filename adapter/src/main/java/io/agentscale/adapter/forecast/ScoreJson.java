// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Scores as JSON: each horizon's own, with the simple methods' beside them. */
final class ScoreJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ScoreJson() {}

  static ObjectNode of(String series, List<Backtest.Result> results) {
    ObjectNode root = JSON.objectNode().put("series", series);
    var horizons = root.putArray("horizons");
    for (Backtest.Result result : results) {
      ObjectNode horizon = horizons.addObject();
      horizon.put("horizonSeconds", result.horizon().toSeconds());
      fill(horizon, result.ours());
      fill(horizon.putObject("naive"), result.naive());
      fill(horizon.putObject("seasonalNaive"), result.seasonalNaive());
    }
    return root;
  }

  private static void fill(ObjectNode node, Score score) {
    node.put("origins", score.origins());
    node.put("mase", score.mase());
    node.put("smape", score.smape());
    ObjectNode pinball = node.putObject("pinball");
    ObjectNode coverage = node.putObject("coverage");
    for (Score.OfQuantile quantile : score.quantiles()) {
      pinball.put(String.valueOf(quantile.p()), quantile.pinball());
      coverage.put(String.valueOf(quantile.p()), quantile.coverage());
    }
  }
}
