// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.dashboard.PageAssets;
import io.agentscale.simulations.scenario.CaseResult;
import io.agentscale.simulations.scenario.ScenarioResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What scenarios came to, as one HTML page: comparison, charts, decisions with reasons. The page
 * asks no server for anything, and its size is bounded however long the replays are.
 */
public final class Report {
  private final List<ScenarioResult> results;
  private final Optional<Pareto> pareto;
  private final List<Fact> facts;

  /** Something to know about how a report was made. */
  private record Fact(String name, String value) {}

  private Report(List<ScenarioResult> results, Optional<Pareto> pareto, List<Fact> facts) {
    this.results = List.copyOf(results);
    this.pareto = pareto;
    this.facts = List.copyOf(facts);
    if (results.isEmpty()) {
      throw new IllegalArgumentException("results: must be at least one, was none");
    }
  }

  /** Returns the report of a scenario, by one engine or more; the title is the first one's name. */
  public static Report of(List<ScenarioResult> results) {
    return new Report(results, Optional.empty(), List.of());
  }

  /** Returns this report with a chart of what a search found. */
  public Report with(Pareto found) {
    return new Report(results, Optional.of(found), facts);
  }

  /** Returns this report with one more line of how it was made. */
  public Report withFact(String name, String value) {
    List<Fact> more = new ArrayList<>(facts);
    more.add(new Fact(name, value));
    return new Report(results, pareto, more);
  }

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
    return page(json());
  }

  /** Returns the page that shows what its script reads. */
  static String page(ObjectNode data) {
    return PageAssets.shared()
        .with(Report.class, "report.js")
        .withJson("data", data.toString())
        .page(Report.class, "report.html");
  }

  private ObjectNode json() {
    ReportJson writer = new ReportJson(results);
    ScenarioResult first = results.getFirst();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("title", first.name());
    json.put("subtitle", span(first.cases()));
    json.put("spentUnit", first.currency().orElse("replica-hours"));
    ArrayNode comparisons = json.putArray("comparisons");
    ArrayNode replays = json.putArray("replays");
    for (ScenarioResult result : results) {
      writer.comparison(result, comparisons);
      writer.replays(result, results.size() > 1, replays);
    }
    pareto.ifPresent(found -> json.set("pareto", writer.pareto(found)));
    ArrayNode lines = json.putArray("facts");
    usual().forEach(fact -> lines.addArray().add(fact.name()).add(fact.value()));
    facts.forEach(fact -> lines.addArray().add(fact.name()).add(fact.value()));
    return json;
  }

  private static String span(List<CaseResult> cases) {
    CaseResult first = cases.getFirst();
    return "%s to %s%s"
        .formatted(
            first.start(),
            first.start().plus(first.span()),
            cases.size() == 1 ? "" : ", the first of %d cases".formatted(cases.size()));
  }

  private List<Fact> usual() {
    List<Fact> lines = new ArrayList<>();
    for (ScenarioResult result : results) {
      lines.add(
          new Fact(
              "Engine " + result.engine(),
              "seed %d; %s; compared with %s"
                  .formatted(result.seed(), result.objective(), result.reference())));
    }
    for (CaseResult each : results.getFirst().cases()) {
      lines.add(
          new Fact(
              each.traffic() + " on " + each.cluster(),
              "%s for %s, the first %s not scored"
                  .formatted(each.start(), each.span(), each.warmUp())));
    }
    return lines;
  }
}
