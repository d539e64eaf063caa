// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.simulations.backtest.Backtest;
import io.agentscale.simulations.backtest.DecisionRow;
import io.agentscale.simulations.backtest.Judge;
import io.agentscale.simulations.backtest.Judged;
import io.agentscale.simulations.replay.TimelineRow;
import io.agentscale.simulations.scenario.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A backtest as the page of a {@link Report}: the same table, charts and decisions, with the demand
 * that was recorded and the replicas that really ran. What is unknown is a gap in the lines.
 *
 * @param backtest that is shown
 */
public record BacktestReport(Backtest backtest) {
  private static final double HOUR_MILLIS = 3_600_000;

  /**
   * Writes the page.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, html());
  }

  /** Returns the page. */
  public String html() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("title", "Backtest of " + backtest.policy());
    json.put("subtitle", backtest.plainly());
    json.put("spentUnit", backtest.prices().map(Prices::currency).orElse("replica-hours"));
    comparison(json.putArray("comparisons").addObject());
    replay(json.putArray("replays").addObject());
    facts(json.putArray("facts"));
    return Report.page(json);
  }

  private void comparison(ObjectNode json) {
    json.put("note", String.join(" ", backtest.caveats()));
    ArrayNode policies = json.putArray("policies");
    JsonMapper mapper = new JsonMapper();
    for (Judged judged : backtest.judged()) {
      policies
          .addObject()
          .put("name", judged.name())
          .put("baseline", judged.real())
          .set("scores", mapper.valueToTree(judged.scores()));
    }
  }

  private void replay(ObjectNode json) {
    List<TimelineRow> rows = backtest.decisions().stream().map(DecisionRow::state).toList();
    json.put("name", backtest.would().name()).put("baseline", false);
    ThinnedTimeline thinned = new ThinnedTimeline(rows, ReportJson.MOST_POINTS);
    ObjectNode timeline = json.putObject("timeline");
    ReportJson.put(timeline, "time", thinned.times());
    ReportJson.put(timeline, "demand", thinned.values(TimelineRow::demand));
    ReportJson.put(timeline, "needed", thinned.values(this::needed));
    ReportJson.put(timeline, "desired", thinned.values(TimelineRow::desired));
    ReportJson.put(timeline, "starting", thinned.values(TimelineRow::starting));
    ReportJson.put(timeline, "ready", thinned.values(TimelineRow::ready));
    ReportJson.put(timeline, "spent", thinned.values(spent(rows, TimelineRow::desired)));
    if (backtest.decisions().stream().anyMatch(row -> !Double.isNaN(row.forecast()))) {
      ReportJson.put(timeline, "forecast", thinned.values(column(DecisionRow::forecast)));
    }
    if (backtest.decisions().stream().anyMatch(row -> !Double.isNaN(row.floor()))) {
      ReportJson.put(timeline, "floor", thinned.values(column(DecisionRow::floor)));
    }
    if (backtest.actual().isPresent()) {
      Judged actual = backtest.actual().get();
      ReportJson.put(
          timeline, "actual", thinned.values(row -> actual.replicas().ready().at(row.at())));
      ReportJson.put(
          timeline,
          "actualSpent",
          thinned.values(spent(rows, row -> actual.replicas().asked().at(row.at()))));
    }
    ReportJson.decisions(rows, ReportJson.DECISIONS, json);
  }

  private double needed(TimelineRow row) {
    return Judge.needed(row.demand(), backtest.perReplica());
  }

  private double[] column(ToDoubleFunction<DecisionRow> of) {
    return backtest.decisions().stream().mapToDouble(of).toArray();
  }

  /** What replicas had cost by each row, or their hours without a price, as far as it is scored. */
  private double[] spent(List<TimelineRow> rows, ToDoubleFunction<TimelineRow> replicas) {
    double price = backtest.prices().map(Prices::perReplicaHour).orElse(1.0);
    double[] spent = new double[rows.size()];
    for (int i = 1; i < spent.length; i++) {
      TimelineRow before = rows.get(i - 1);
      long passed = rows.get(i).at().toEpochMilli() - before.at().toEpochMilli();
      double hours =
          backtest.isScored(before.at())
              ? replicas.applyAsDouble(before) * passed / HOUR_MILLIS
              : 0;
      spent[i] = spent[i - 1] + hours * price;
    }
    return spent;
  }

  private void facts(ArrayNode lines) {
    backtest.facts().forEach(fact -> lines.addArray().add(fact.name()).add(fact.value()));
  }
}
