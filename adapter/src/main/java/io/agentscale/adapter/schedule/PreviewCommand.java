// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import static java.util.Objects.requireNonNull;

import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.core.schedule.HolidayCalendar;
import io.agentscale.core.schedule.Schedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what the schedules of a policy file will do, and what is odd about them. */
@Command(
    name = "preview",
    description = "Print what the schedules of a ScalingPolicy will do, with warnings.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:the file is valid; warnings alone change nothing without --strict",
      " 1:the file or a calendar is invalid, or --strict and a warning",
      " 2:the command line was not understood"
    },
    footer = {
      "",
      "Examples:",
      "  agentscale schedule preview -f policy.yaml",
      "  agentscale schedule preview -f policy.yaml --from 2026-12-24 --days 10 --strict",
      "  agentscale schedule preview -f policy.yaml --calendar holidays=cn.ics -o json"
    })
final class PreviewCommand implements Callable<Integer> {
  private static final int MAX_DAYS = 3660;

  enum Output {
    text,
    json
  }

  private final InstantSource clock;
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "YAML of a ScalingPolicy; only its bounds and schedules are read")
  private @Nullable Path file;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "first day or time: now, 2026-10-05, 2026-10-05T08:00 (both by the first schedule's time"
              + " zone) or 2026-10-05T08:00Z (default: ${DEFAULT-VALUE})",
      defaultValue = "now")
  private String from = "now";

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "how many days to look ahead (default: ${DEFAULT-VALUE})",
      defaultValue = "14")
  private int days = 14;

  @Option(
      names = "--calendar",
      paramLabel = "NAME=FILE",
      description = "an iCalendar (.ics) file that schedules exclude by this name; may be repeated")
  private Map<String, Path> calendars = Map.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
      defaultValue = "text")
  private Output output = Output.text;

  @Option(names = "--strict", description = "fail if there is a warning")
  private boolean strict;

  PreviewCommand() {
    this(InstantSource.system());
  }

  PreviewCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    CommandSpec command = requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    if (days < 1 || days > MAX_DAYS) {
      throw refused("--days", "must be from 1 to " + MAX_DAYS, String.valueOf(days));
    }
    try {
      PolicyFile policy = PolicyFile.read(requireNonNull(file), readCalendars());
      Instant start = start(policy.plan().schedules());
      Preview preview = Preview.of(policy, start, start.plus(Duration.ofDays(days)));
      switch (output) {
        case text -> PreviewText.print(preview, out);
        case json -> PreviewJson.print(preview, out);
      }
      out.flush();
      return strict && !preview.warnings().isEmpty() ? 1 : 0;
    } catch (InvalidYamlException e) {
      err.println(e.getMessage());
    } catch (NoSuchFileException e) {
      err.println(e.getMessage() + ": no such file");
    } catch (IOException | IllegalArgumentException e) {
      err.println(e.getMessage());
    }
    err.flush();
    return 1;
  }

  private Map<String, HolidayCalendar> readCalendars() throws IOException {
    Map<String, HolidayCalendar> read = new HashMap<>();
    for (Map.Entry<String, Path> calendar : calendars.entrySet()) {
      read.put(calendar.getKey(), IcsCalendar.read(calendar.getValue()));
    }
    return read;
  }

  private Instant start(List<Schedule> schedules) {
    ZoneId zone = schedules.isEmpty() ? ZoneOffset.UTC : schedules.getFirst().timeZone();
    try {
      if (from.equals("now")) {
        return Instant.ofEpochSecond(clock.instant().getEpochSecond());
      }
      if (!from.contains("T")) {
        return LocalDate.parse(from).atStartOfDay(zone).toInstant();
      }
      return from.matches(".*T.*[Zz+-].*")
          ? OffsetDateTime.parse(from).toInstant()
          : LocalDateTime.parse(from).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw refused(
          "--from",
          "must be now, a date such as 2026-10-05 or a time such as 2026-10-05T08:00Z",
          from);
    }
  }

  private ParameterException refused(String option, String rule, String found) {
    return new ParameterException(
        requireNonNull(spec).commandLine(), option + ": " + rule + ", was: " + found);
  }
}
