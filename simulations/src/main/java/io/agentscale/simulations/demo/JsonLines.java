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
    out.println(line);
    out.flush();
  }

  private static BigDecimal number(Quantity value) {
    BigDecimal exact = BigDecimal.valueOf(value.milli(), 3).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
