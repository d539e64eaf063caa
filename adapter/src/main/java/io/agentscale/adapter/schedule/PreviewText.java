// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import io.agentscale.adapter.schedule.Preview.Skipped;
import io.agentscale.core.schedule.Conflict;
import io.agentscale.core.schedule.ScheduleWarning;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.ScheduledBounds;
import io.agentscale.core.schedule.Transition;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A preview as a table for people, in UTC and in each schedule's own time. */
final class PreviewText {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT);
  private static final DateTimeFormatter UTC_MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm'Z'", Locale.ROOT);
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss xxx", Locale.ENGLISH);
  private static final DateTimeFormatter LOCAL_MINUTES =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ENGLISH);

  /** One line of the table. */
  private record Row(Instant at, String local, String replicas, String what) {}

  private PreviewText() {}

  static void print(Preview preview, PrintWriter out) {
    out.printf(
        "%s: %d to %d replicas; from %s to %s%n%n",
        preview.policy().name(),
        preview.policy().plan().baseline().minReplicas(),
        preview.policy().plan().baseline().maxReplicas(),
        utc(preview.from()),
        utc(preview.to()));
    for (Schedule schedule : preview.policy().plan().schedules()) {
      out.println("  " + ScheduleWords.whole(schedule));
    }
    out.println();
    table(rows(preview), out);
    if (!preview.warnings().isEmpty()) {
      out.println();
    }
    for (ScheduleWarning warning : preview.warnings()) {
      out.printf("warning: %s: %s%n", warning.schedule(), warning.message());
    }
  }

  private static List<Row> rows(Preview preview) {
    List<Row> rows = new ArrayList<>();
    for (Transition transition : preview.transitions()) {
      for (Transition.Change change : transition.changes()) {
        Schedule schedule = preview.schedule(change.schedule());
        rows.add(
            new Row(
                transition.at(),
                local(transition.at(), schedule.timeZone()),
                replicas(transition.bounds()),
                schedule.name() + " " + ScheduleWords.event(change.event(), schedule)));
      }
      for (Conflict conflict : transition.bounds().conflicts()) {
        rows.add(new Row(transition.at(), "", "", "conflict: " + conflict));
      }
    }
    for (Skipped skipped : preview.skipped()) {
      rows.add(
          new Row(
              skipped.at(),
              local(skipped.at(), skipped.schedule().timeZone()),
              replicas(preview.policy().plan().at(skipped.at())),
              "%s does not begin: excluded by %s"
                  .formatted(skipped.schedule().name(), skipped.exclusion())));
    }
    rows.sort(Comparator.comparing(Row::at));
    rows.addFirst(new Row(preview.from(), "", replicas(preview.initial()), "at the start"));
    return rows;
  }

  private static void table(List<Row> rows, PrintWriter out) {
    int local = width(rows.stream().map(Row::local).toList(), "LOCAL");
    int replicas = width(rows.stream().map(Row::replicas).toList(), "REPLICAS");
    int utc = width(rows.stream().map(row -> utc(row.at())).toList(), "UTC");
    String format = "%%-%ds  %%-%ds  %%-%ds  %%s%%n".formatted(utc, local, replicas);
    out.printf(format, "UTC", "LOCAL", "REPLICAS", "WHAT HAPPENS");
    rows.forEach(r -> out.printf(format, utc(r.at()), r.local(), r.replicas(), r.what()));
  }

  private static int width(List<String> cells, String heading) {
    return Math.max(heading.length(), cells.stream().mapToInt(String::length).max().orElse(0));
  }

  private static String replicas(ScheduledBounds bounds) {
    String range =
        bounds.exact() ? "exactly " + bounds.floor() : bounds.floor() + " to " + bounds.ceiling();
    return range + bounds.demand().map(demand -> ", demand " + demand).orElse("");
  }

  private static String utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC).format(isMinute(at) ? UTC_MINUTES : UTC);
  }

  private static String local(Instant at, ZoneId zone) {
    return at.atZone(zone).format(isMinute(at) ? LOCAL_MINUTES : LOCAL) + " " + zone;
  }

  private static boolean isMinute(Instant at) {
    return at.getEpochSecond() % 60 == 0;
  }
}
