// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * A week of a workload as a Prometheus has it, a sample a minute: 55 runs from nine to five and 35
 * else, on every day alike. The first three days are history.
 *
 * <p>There were 4 ready replicas, and 6 from two minutes past nine to five. On Saturday nobody
 * scraped from three to five in the morning, and kube-state-metrics was gone from six to seven.
 */
final class RecordedWeek {
  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  static final Instant SCORED = Instant.parse("2026-01-08T00:00:00Z");
  static final Instant END = Instant.parse("2026-01-12T00:00:00Z");

  private static final long MINUTES = Duration.between(START, END).toMinutes();
  private static final long DAY = 1440;
  private static final long SATURDAY = 5 * DAY;
  private static final String NONE = "";

  private final StringBuilder text = new StringBuilder();

  private RecordedWeek() {}

  /** Returns it as promtool reads it. */
  static String openMetrics() {
    RecordedWeek week = new RecordedWeek();
    week.demand();
    week.replicas();
    week.autoscaler();
    week.starts();
    return week.text.append("# EOF\n").toString();
  }

  static boolean isBusy(long minute) {
    long ofDay = minute % DAY;
    return ofDay >= 9 * 60 && ofDay < 17 * 60;
  }

  static boolean isScraped(long minute) {
    return minute < SATURDAY + 3 * 60 || minute >= SATURDAY + 5 * 60;
  }

  private static boolean isKubeStateKnown(long minute) {
    return minute < SATURDAY + 6 * 60 || minute >= SATURDAY + 7 * 60;
  }

  static int ready(long minute) {
    long ofDay = minute % DAY;
    return ofDay >= 9 * 60 + 2 && ofDay < 17 * 60 ? 6 : 4;
  }

  private void demand() {
    text.append("# TYPE agent_runs_in_flight gauge\n");
    pod("prod", "coder-6c5f9d7b8-abcde", minute -> isBusy(minute) ? "30" : "20");
    pod("prod", "coder-6c5f9d7b8-fghij", minute -> isBusy(minute) ? "25" : "15");
    // None of these are the policy's.
    pod("prod", "coder-next-6c5f9d7b8-abcde", minute -> "1000");
    pod("dev", "coder-6c5f9d7b8-abcde", minute -> "1000");
  }

  private void pod(String namespace, String pod, LongFunction<String> value) {
    series(
        "agent_runs_in_flight{namespace=\"%s\",pod=\"%s\"}".formatted(namespace, pod),
        minute -> isScraped(minute) ? value.apply(minute) : NONE);
  }

  private void replicas() {
    for (String name :
        new String[] {"kube_deployment_status_replicas_ready", "kube_deployment_spec_replicas"}) {
      text.append("# TYPE ").append(name).append(" gauge\n");
      series(
          name + "{namespace=\"prod\",deployment=\"coder\"}",
          minute -> isKubeStateKnown(minute) ? String.valueOf(ready(minute)) : NONE);
      series(name + "{namespace=\"dev\",deployment=\"coder\"}", minute -> "99");
    }
  }

  private void autoscaler() {
    String labels = "{namespace=\"prod\",horizontalpodautoscaler=\"hpa\"";
    text.append("# TYPE kube_horizontalpodautoscaler_info gauge\n");
    series(
        "kube_horizontalpodautoscaler_info"
            + labels
            + ",scaletargetref_kind=\"Deployment\",scaletargetref_name=\"coder\"}",
        minute -> "1");
    text.append("# TYPE kube_horizontalpodautoscaler_spec_max_replicas gauge\n");
    series("kube_horizontalpodautoscaler_spec_max_replicas" + labels + "}", minute -> "8");
    text.append("# TYPE kube_horizontalpodautoscaler_spec_min_replicas gauge\n");
    series(
        "kube_horizontalpodautoscaler_spec_min_replicas" + labels + "}",
        minute -> minute < SATURDAY ? "3" : "4");
  }

  /** Ten pods that started within the scored days in 41 to 50 s, and one from before in 500 s. */
  private void starts() {
    for (boolean ready : new boolean[] {false, true}) {
      String name = ready ? "kube_pod_status_ready_time" : "kube_pod_created";
      text.append("# TYPE ").append(name).append(" gauge\n");
      for (int i = 0; i <= 10; i++) {
        long first = i == 0 ? 2 * DAY : 3 * DAY + 700 + 400L * i;
        long created = START.getEpochSecond() + first * 60 - 30;
        long value = created + (ready ? i == 0 ? 500 : 40 + i : 0);
        series(
            "%s{namespace=\"prod\",pod=\"coder-6c5f9d7b8-pod%02d\",uid=\"u%d\"}"
                .formatted(name, i, i),
            minute -> minute >= first && minute < first + 200 ? String.valueOf(value) : NONE);
      }
    }
  }

  private void series(String name, LongFunction<String> value) {
    for (long minute = 0; minute < MINUTES; minute++) {
      String sample = value.apply(minute);
      if (!sample.equals(NONE)) {
        text.append(
            String.format(
                Locale.ROOT, "%s %s %d\n", name, sample, START.getEpochSecond() + minute * 60));
      }
    }
  }
}
