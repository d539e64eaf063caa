// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.core.metric.Quantity;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The live table: a line a second of the loop from demand to agents, and on a terminal beneath it
 * what the metrics APIs say of each agent, drawn again in place. What is unknown reads so, and
 * never as a number.
 */
final class DemoTable implements DemoView {
  private static final String UNKNOWN = "unknown";
  private static final String POD = "%-8s  %-10s  %12s  %12s  %12s%n";
  private static final String LOOP = "%-5s %7s %8s %7s %7s %7s %7s %8s %5s %8s %7s %5s%n";
  private static final int LINES_A_HEADER = 20;

  /** Times inside the demo are those of its schedule. */
  private static final DateTimeFormatter INSIDE =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrintWriter out;
  private final boolean terminal;
  private final DateTimeFormatter clock;
  private int shown;
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
    if (drawn > 0) {
      // Up to the first pod, and clear from there to the end of the screen.
      out.print("\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
    if (shown % LINES_A_HEADER == 0) {
      out.printf(
          LOOP,
          "TIME",
          "DEMAND",
          "FORECAST",
          "SERVED",
          "FLOOR",
          "DECIDED",
          "DESIRED",
          "STARTING",
          "READY",
          "DRAINING",
          "WAITING",
          "LATE");
    }
    shown++;
    show(snapshot.loop());
    snapshot.problems().forEach(problem -> out.println("  " + problem));
    if (terminal) {
      showPods(snapshot);
    }
    out.flush();
  }

  private void show(LoopState loop) {
    AgentFleet.State fleet = loop.fleet();
    out.printf(
        LOOP,
        INSIDE.format(loop.at()),
        whole(loop.live(), UNKNOWN),
        whole(loop.forecast(), "-"),
        whole(loop.served(), UNKNOWN),
        loop.floor().map(String::valueOf).orElse(UNKNOWN),
        loop.decided().map(String::valueOf).orElse(UNKNOWN),
        desired(loop.desired()),
        fleet.starting(),
        fleet.ready(),
        fleet.draining(),
        fleet.waiting(),
        fleet.late());
  }

  private void showPods(DemoSnapshot snapshot) {
    out.println();
    out.printf(
        POD,
        "TIME",
        "POD",
        DemoMetric.CONCURRENCY.heading(),
        DemoMetric.TOKENS_PER_MINUTE.heading(),
        DemoMetric.QUEUE_DEPTH.heading());
    for (DemoSnapshot.Pod pod : snapshot.pods()) {
      out.printf(
          POD,
          clock.format(snapshot.time()),
          pod.name(),
          cell(pod, DemoMetric.CONCURRENCY),
          cell(pod, DemoMetric.TOKENS_PER_MINUTE),
          cell(pod, DemoMetric.QUEUE_DEPTH));
    }
    drawn = snapshot.pods().size() + 2;
  }

  @Override
  public void ended(LoopState loop) {
    AgentFleet.State fleet = loop.fleet();
    out.printf(
        Locale.ROOT,
        "%nUntil %s: %,d runs, %,d of them late (began more than %d s after they arrived),"
            + " %.1f replica-hours%n",
        INSIDE.format(loop.at()),
        fleet.runs(),
        fleet.late(),
        AgentFleet.PATIENCE.toSeconds(),
        fleet.agentTime().toSeconds() / (double) Duration.ofHours(1).toSeconds());
    out.flush();
  }

  private static String desired(OptionalInt replicas) {
    return replicas.isPresent() ? String.valueOf(replicas.getAsInt()) : UNKNOWN;
  }

  private static String whole(Optional<Quantity> value, String absent) {
    return value.map(known -> format("%.0f", known)).orElse(absent);
  }

  private static String cell(DemoSnapshot.Pod pod, DemoMetric metric) {
    Quantity value = pod.values().get(metric);
    if (value == null) {
      return UNKNOWN;
    }
    return format(metric == DemoMetric.TOKENS_PER_MINUTE ? "%,.0f" : "%.0f", value);
  }

  private static String format(String form, Quantity value) {
    return String.format(Locale.ROOT, form, value.doubleValue());
  }
}
