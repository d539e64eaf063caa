// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.command;

import static java.util.Objects.requireNonNull;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.resource.PolicyFile;
import io.agentscale.adapter.schedule.IcsCalendar;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.core.schedule.HolidayCalendar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file of policies that a command is about. */
final class PolicyFileOption {
  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "YAML of one or more ScalingPolicies; objects of other kinds are passed over")
  private @Nullable Path file;

  @Option(
      names = "--calendar",
      paramLabel = "NAME=FILE",
      description =
          "an iCalendar (.ics) file that schedules exclude by this name, beside the ConfigMaps in"
              + " FILE; may be repeated")
  private Map<String, Path> calendars = Map.of();

  /** Reads the policies, or says on {@code err} what is wrong with them. */
  Optional<List<PolicyDefinition>> read(PrintWriter err) {
    Path path = requireNonNull(file);
    try {
      List<PolicyDefinition> policies = PolicyFile.read(path, readCalendars());
      if (!policies.isEmpty()) {
        return Optional.of(policies);
      }
      err.println(path + ": must have a ScalingPolicy, was: without one");
    } catch (InvalidYamlException e) {
      err.println(e.getMessage());
    } catch (NoSuchFileException e) {
      err.println(e.getMessage() + ": no such file");
    } catch (IOException | IllegalArgumentException e) {
      err.println(e.getMessage());
    }
    err.flush();
    return Optional.empty();
  }

  private Map<String, HolidayCalendar> readCalendars() throws IOException {
    Map<String, HolidayCalendar> read = new HashMap<>();
    for (Map.Entry<String, Path> calendar : calendars.entrySet()) {
      read.put(calendar.getKey(), IcsCalendar.read(calendar.getValue()));
    }
    return read;
  }
}
