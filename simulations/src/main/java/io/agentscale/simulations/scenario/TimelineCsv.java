// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.simulations.replay.TimelineRow;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Every decision of every policy as a row of a CSV file. */
public final class TimelineCsv {
  private static final String HEADER =
      "time,traffic,cluster,policy,requests_per_second,demand,needed,desired,starting,ready,"
          + "in_flight,queued,reason\n";

  private TimelineCsv() {}

  /**
   * Writes a file.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, ScenarioResult result) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(HEADER);
      for (CaseResult each : result.cases()) {
        for (PolicyResult policy : each.policies()) {
          String names =
              quoted(each.traffic()) + "," + quoted(each.cluster()) + "," + quoted(policy.name());
          for (TimelineRow row : policy.timeline()) {
            out.write(row(names, row));
          }
        }
      }
    }
  }

  private static String row(String names, TimelineRow row) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%.3f,%.3f,%d,%d,%d,%d,%.3f,%.3f,%s\n",
        row.at(),
        names,
        row.requestsPerSecond(),
        row.demand(),
        row.needed(),
        row.desired(),
        row.starting(),
        row.ready(),
        row.inFlight(),
        row.queued(),
        quoted(row.reason()));
  }

  private static String quoted(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
