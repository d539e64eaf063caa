// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.core.metric.Quantity;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The live table: on a terminal drawn again in place, elsewhere one line after the other. What is
 * unknown reads so, and never as a number.
 */
final class DemoTable implements DemoView {
  private static final String UNKNOWN = "unknown";
  private static final String ROW = "%-8s  %-10s  %12s  %12s  %12s%n";

  private final PrintWriter out;
  private final boolean terminal;
  private final DateTimeFormatter clock;
  private int drawn;

  DemoTable(PrintWriter out, boolean terminal, ZoneId zone) {
    this.out = out;
    this.terminal = terminal;
    this.clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  @Override
  public void started(DemoAdapter adapter, String firstPod) {
    new PasteLines(adapter, firstPod).lines().forEach(out::println);
    out.println();
    out.flush();
  }

  @Override
  public void show(DemoSnapshot snapshot) {
    if (drawn == 0) {
      out.printf(
          ROW,
          "TIME",
          "POD",
          DemoMetric.CONCURRENCY.heading(),
          DemoMetric.TOKENS_PER_MINUTE.heading(),
          DemoMetric.QUEUE_DEPTH.heading());
    } else if (terminal) {
      // Up to the first row, and clear from there to the end of the screen.
      out.print("\u001b[" + drawn + "A\u001b[J");
    }
    for (DemoSnapshot.Pod pod : snapshot.pods()) {
      out.printf(
          ROW,
          clock.format(snapshot.time()),
          pod.name(),
          cell(pod, DemoMetric.CONCURRENCY),
          cell(pod, DemoMetric.TOKENS_PER_MINUTE),
          cell(pod, DemoMetric.QUEUE_DEPTH));
    }
    snapshot.problems().forEach(problem -> out.println("  " + problem));
    drawn = snapshot.pods().size() + snapshot.problems().size();
    out.flush();
  }

  private static String cell(DemoSnapshot.Pod pod, DemoMetric metric) {
    Quantity value = pod.values().get(metric);
    if (value == null) {
      return UNKNOWN;
    }
    return metric == DemoMetric.TOKENS_PER_MINUTE
        ? String.format(Locale.ROOT, "%,.0f", value.doubleValue())
        : String.format(Locale.ROOT, "%.0f", value.doubleValue());
  }
}
