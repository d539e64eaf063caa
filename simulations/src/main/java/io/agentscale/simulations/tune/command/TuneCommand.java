// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.command;

import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.core.schedule.Spans;
import io.agentscale.simulations.options.OptionReader;
import io.agentscale.simulations.options.ShardReader;
import io.agentscale.simulations.scenario.Scenario;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.ScenarioFile;
import io.agentscale.simulations.scenario.ScenarioPolicy;
import io.agentscale.simulations.scenario.Shard;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import io.agentscale.simulations.tune.run.PickRule;
import io.agentscale.simulations.tune.run.Progress;
import io.agentscale.simulations.tune.run.TuneResult;
import io.agentscale.simulations.tune.run.TuneSettings;
import io.agentscale.simulations.tune.run.Tuning;
import io.agentscale.simulations.tune.settings.ManifestSource;
import io.agentscale.simulations.tune.settings.SearchSpace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches better settings for a policy of a scenario and writes them as manifests. */
@Command(
    name = "tune",
    description = {
      "Searches settings of a scenario's policy with fewer late requests for less money, on the",
      "first part of its traffic, and shows them on the rest. Writes tuned.yaml, front.csv and",
      "report.html. Interrupted, it goes on where it was. Ends with 2 if the input is refused."
    },
    footer = {
      "",
      "Examples:",
      "  agentscale tune -f scenario.yaml --out tuned",
      "  agentscale tune -f scenario.yaml --out tuned --shard 1/4     (and 2/4, 3/4, 4/4)",
      "  agentscale tune -f scenario.yaml --out tuned --merge 4"
    })
public final class TuneCommand implements Callable<Integer> {
  private static final int REFUSED = 2;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "SCENARIO.YAML",
      required = true,
      description = "The scenario; docs/simulator.md describes it.")
  private Path file = Path.of("");

  @Option(
      names = "--traces",
      paramLabel = "DIR",
      description = "What $${traces} in the scenario stands for.")
  private @Nullable Path traces;

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      description = "Which policy of the scenario (default: the first that has manifests).")
  private @Nullable String policy;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "tuned",
      description = "Where results and the journal go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("tuned");

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      defaultValue = "1000",
      description = "The most policies tried, over all shards (default: ${DEFAULT-VALUE}).")
  private int evaluations;

  @Option(
      names = "--budget",
      paramLabel = "DURATION",
      converter = SpanConverter.class,
      description = "The longest time to search, such as 10m; the machine's speed then counts.")
  private @Nullable Duration budget;

  @Option(
      names = "--late",
      paramLabel = "PERCENT",
      defaultValue = "1",
      description = "What share of late requests meets the objective (default: ${DEFAULT-VALUE}).")
  private double late;

  @Option(
      names = "--reserve",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description = {
        "The share of --late kept for days unlike those of training: on a bad day of these, no",
        "more than the rest of it may be late (default: ${DEFAULT-VALUE})."
      })
  private double reserve;

  @Option(
      names = "--pick",
      paramLabel = "cheapest|fewest-late|knee",
      defaultValue = "cheapest",
      converter = RuleConverter.class,
      description = {
        "cheapest: the cheapest within --late; fewest-late: at no more than the present cost;",
        "knee: nearest to the best of both (default: ${DEFAULT-VALUE})."
      })
  private PickRule rule = PickRule.CHEAPEST;

  @Option(
      names = "--holdout",
      paramLabel = "SHARE",
      defaultValue = "0.3",
      description =
          "The last share of the traffic, kept from the search (default: ${DEFAULT-VALUE}).")
  private double holdout;

  @Option(
      names = "--vary",
      paramLabel = "SETTING",
      split = ",",
      description = "The settings that may change, such as target,minReplicas (default: all).")
  private List<String> vary = List.of();

  @Option(names = "--flaps", description = "Few changes back and forth are a third aim.")
  private boolean flaps;

  @Option(
      names = "--verify",
      paramLabel = "N",
      defaultValue = "6",
      description = "How many of the front are verified (default: ${DEFAULT-VALUE}).")
  private int verify;

  @Option(
      names = "--verify-engine",
      paramLabel = "event|fluid",
      defaultValue = "event",
      converter = EngineConverter.class,
      description = "What verifies and judges (default: ${DEFAULT-VALUE}).")
  private EngineKind verifier = EngineKind.EVENT;

  @Option(
      names = "--verify-requests",
      paramLabel = "N",
      defaultValue = "600e6",
      description = {
        "The most requests to replay one by one to verify, and again to judge: beyond that some",
        "days are verified, and the fluid engine judges (default: ${DEFAULT-VALUE})."
      })
  private double mostRequests;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Replays at once (default: one for each CPU); results do not depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardReader.class,
      description = "Searches the Ith of N parts only, from 1, and picks nothing.")
  private @Nullable Shard shard;

  @Option(
      names = "--merge",
      paramLabel = "N",
      description = "Searches nothing: picks from the N parts' evaluations in --out.")
  private @Nullable Integer merge;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try {
      return tuned();
    } catch (NoSuchFileException e) {
      return refused(e.getFile() + ": no such file");
    } catch (IOException
        | UncheckedIOException
        | IllegalArgumentException
        | InvalidYamlException
        | InvalidTraceException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private int refused(String message) {
    CommandSpec command = command();
    command.commandLine().getErr().println(command.qualifiedName() + ": " + message);
    return REFUSED;
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets what it is asked for");
    }
    return spec;
  }

  private int tuned() throws IOException {
    if (shard != null && merge != null) {
      throw new IllegalArgumentException("--shard and --merge exclude each other");
    }
    if (merge != null && merge < 1) {
      throw new IllegalArgumentException("--merge: must be at least 1, was: " + merge);
    }
    TuneSettings settings = settings();
    Scenario scenario = ScenarioFile.read(file, Optional.ofNullable(traces));
    ManifestSource source = source();
    ScenarioPolicy before =
        scenario.policies().stream()
            .filter(each -> each.name().equals(source.policy()))
            .findFirst()
            .orElseThrow();
    SearchSpace space =
        SearchSpace.around(
            before, source.text().orElseThrow(), source.directory(), Set.copyOf(vary));
    TrafficSetting setting = TrafficSetting.usual();
    Tuning tuning = new Tuning(scenario, space, settings, setting);
    Progress progress = new SearchProgress(command().commandLine().getErr(), setting.clock());
    if (merge == null) {
      tuning.search(out, progress);
    }
    if (shard == null) {
      show(tuning.conclude(out, before, merge == null ? 1 : merge, progress), space, settings);
    }
    return 0;
  }

  private TuneSettings settings() {
    return new TuneSettings(
        evaluations,
        Optional.ofNullable(budget),
        holdout,
        late,
        reserve,
        rule,
        verify,
        verifier,
        mostRequests,
        flaps,
        shard == null ? Shard.WHOLE : shard,
        threads);
  }

  private ManifestSource source() throws IOException {
    List<ManifestSource> sources = ManifestSource.of(file);
    return sources.stream()
        .filter(each -> each.text().isPresent())
        .filter(each -> policy == null || each.policy().equals(policy))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--policy: must name a policy with manifests among %s, was: %s"
                        .formatted(
                            sources.stream().map(ManifestSource::policy).toList(),
                            policy == null ? "not given" : policy)));
  }

  private void show(TuneResult result, SearchSpace space, TuneSettings settings)
      throws IOException {
    new TuneFiles(result, space, settings).write(out);
    PrintWriter print = command().commandLine().getOut();
    print.print(new TuneText(result, space, settings).text());
    print.println();
    print.println("Written: " + out.resolve(TuneFiles.MANIFESTS) + ", front.csv, report.html");
    print.flush();
  }

  static final class SpanConverter implements OptionReader<Duration> {
    @Override
    public Duration read(String text) {
      return Spans.parse(text);
    }
  }

  static final class RuleConverter implements OptionReader<PickRule> {
    @Override
    public PickRule read(String text) {
      return PickRule.of(text);
    }
  }

  static final class EngineConverter implements OptionReader<EngineKind> {
    @Override
    public EngineKind read(String text) {
      return switch (text) {
        case "event" -> EngineKind.EVENT;
        case "fluid" -> EngineKind.FLUID;
        default -> throw new IllegalArgumentException("must be event or fluid, was: " + text);
      };
    }
  }
}
