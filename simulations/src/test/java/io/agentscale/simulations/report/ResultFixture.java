// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.report;

import io.agentscale.simulations.replay.TimelineRow;
import io.agentscale.simulations.scenario.CaseResult;
import io.agentscale.simulations.scenario.PolicyResult;
import io.agentscale.simulations.scenario.PolicyScores;
import io.agentscale.simulations.scenario.ScenarioResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A day of two policies, made by hand: a wave of traffic, and replicas that follow it. */
final class ResultFixture {
  static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  static final String NASTY = "</script><img src=x onerror=alert(1)>&\"' policy";

  private ResultFixture() {}

  static ScenarioResult day() {
    return result(
        List.of(
            new PolicyResult(NASTY, false, scores(0.42, 1.217, 1024.0), rows(15, 5760)),
            new PolicyResult("HPA CPU 60 %", true, scores(2.56, 1.36, null), rows(30, 5760))));
  }

  static ScenarioResult result(List<PolicyResult> policies) {
    return new ScenarioResult(
        "The published day",
        "fluid",
        7,
        "a run is late after 10.0 s",
        Optional.of("CNY"),
        "HPA CPU 60 %",
        List.of(
            new CaseResult(
                "traffic", "cluster", START, Duration.ofDays(1), Duration.ZERO, policies)));
  }

  static List<TimelineRow> rows(int seconds, int count) {
    List<TimelineRow> rows = new ArrayList<>();
    int desired = 2;
    for (int i = 0; i < count; i++) {
      double day = (double) i / count;
      double rate = 20 - 18 * Math.cos(2 * Math.PI * day);
      int wanted = (int) Math.ceil(rate / 3.3);
      int before = desired;
      desired = wanted;
      rows.add(
          new TimelineRow(
              START.plusSeconds((long) i * seconds),
              rate,
              rate * 2,
              wanted,
              desired,
              Math.max(0, desired - before),
              before,
              rate * 2,
              i == count / 2 ? 77 : 0,
              desired > before ? "demand asks for " + desired : "stabilized <b>down</b>"));
    }
    return rows;
  }

  static PolicyScores scores(double late, double cost, @Nullable Double p99) {
    @Nullable Double half = p99 == null ? null : p99 / 2;
    return new PolicyScores(
        late, cost, 168.5, 252.75, half, half, p99, 41, 3, half, p99, 33, 900, 1000, 990, 1, 2, 7,
        160, 140, 2.5, 20, 0, 12, 1.5, 22.5, 3, 80, 0.5, 1.25, 0.1, null, null);
  }
}
