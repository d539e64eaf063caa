// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.core.metric.Quantity;
import java.io.PrintWriter;
import java.math.BigDecimal;

/** One JSON object a line for each snapshot, for programs: what is unknown is {@code null}. */
final class JsonLines implements DemoView {
  private final ObjectMapper json = new ObjectMapper();
  private final PrintWriter out;

  JsonLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void started(DemoAdapter adapter, String firstPod) {
    // A program that reads lines of one shape wants no introduction.
  }

  @Override
  public void show(DemoSnapshot snapshot) {
    ObjectNode line = json.createObjectNode().put("time", snapshot.time().toString());
    var pods = line.putArray("pods");
    for (DemoSnapshot.Pod pod : snapshot.pods()) {
      ObjectNode node = pods.addObject().put("name", pod.name());
      for (DemoMetric metric : DemoMetric.values()) {
        Quantity value = pod.values().get(metric);
        if (value == null) {
          node.putNull(metric.jsonKey());
        } else {
          node.put(metric.jsonKey(), number(value));
        }
      }
    }
    var problems = line.putArray("problems");
    snapshot.problems().forEach(problems::add);
    put(line.putObject("loop"), snapshot.loop());
    out.println(line);
    out.flush();
  }

  @Override
  public void ended(LoopState loop) {
    // Every line says how far it got.
  }

  private static void put(ObjectNode node, LoopState loop) {
    AgentFleet.State fleet = loop.fleet();
    node.put("at", loop.at().toString())
        .put("demand", loop.live().map(JsonLines::number).orElse(null))
        .put("forecast", loop.forecast().map(JsonLines::number).orElse(null))
        .put("served", loop.served().map(JsonLines::number).orElse(null))
        .put("floor", loop.floor().orElse(null))
        .put("decided", loop.decided().orElse(null))
        .put("desired", loop.desired().isPresent() ? loop.desired().getAsInt() : null)
        .put("starting", fleet.starting())
        .put("ready", fleet.ready())
        .put("draining", fleet.draining())
        .put("running", fleet.running())
        .put("waiting", fleet.waiting())
        .put("runs", fleet.runs())
        .put("late", fleet.late())
        .put("replicaHours", fleet.agentTime().toSeconds() / 3600.0);
  }

  private static BigDecimal number(Quantity value) {
    BigDecimal exact = BigDecimal.valueOf(value.milli(), 3).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
