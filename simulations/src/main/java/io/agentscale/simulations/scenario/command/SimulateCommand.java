// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario.command;

import io.agentscale.adapter.forecast.ProgressBar;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.simulations.options.OptionReader;
import io.agentscale.simulations.options.ShardReader;
import io.agentscale.simulations.report.Report;
import io.agentscale.simulations.scenario.Assertions;
import io.agentscale.simulations.scenario.Outcome;
import io.agentscale.simulations.scenario.OutcomeJson;
import io.agentscale.simulations.scenario.OutcomeText;
import io.agentscale.simulations.scenario.Scenario;
import io.agentscale.simulations.scenario.ScenarioFile;
import io.agentscale.simulations.scenario.ScenarioRun;
import io.agentscale.simulations.scenario.Shard;
import io.agentscale.simulations.scenario.ShardMerge;
import io.agentscale.simulations.scenario.TimelineCsv;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays a scenario and shows what came of it. */
@Command(
    name = "simulate",
    description = {
      "Replays a scenario: its policies, and baselines beside them, on its traffic.",
      "Ends with 1 if an --assert does not hold, and with 2 if the input is refused."
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final int BROKEN = 1;
  private static final int REFUSED = 2;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "SCENARIO.YAML",
      description = "The scenario; docs/simulator.md describes it.")
  private @Nullable Path file;

  @Option(
      names = "--traces",
      paramLabel = "DIR",
      description = "What $${traces} in the scenario stands for.")
  private @Nullable Path traces;

  @Option(
      names = "--engine",
      paramLabel = "fluid|event|both",
      description = "In place of the scenario's engine; both also tells how far they are apart.")
  private @Nullable String engine;

  @Option(names = "--json", paramLabel = "OUT.JSON", description = "Writes the results there.")
  private @Nullable Path json;

  @Option(
      names = "--timeline",
      paramLabel = "OUT.CSV",
      description = "Writes every decision there, with the state right after it and the reason.")
  private @Nullable Path timeline;

  @Option(
      names = "--report",
      paramLabel = "OUT.HTML",
      description = "Writes a page of charts, scores and decisions there; it needs nothing else.")
  private @Nullable Path report;

  @Option(
      names = "--assert",
      paramLabel = "RULES",
      converter = AssertionsConverter.class,
      description =
          "What every policy must keep to, such as 'late_percent<1,cost_vs_baseline<1.1'.")
  private @Nullable Assertions assertions;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardReader.class,
      description = "Replays only the Ith of N parts, from 1, and writes them with --json.")
  private Shard shard = Shard.WHOLE;

  @Option(
      names = "--merge",
      paramLabel = "PART.JSON",
      split = ",",
      arity = "1..*",
      description = "Replays nothing: puts the parts written with --shard together into --json.")
  private List<Path> merge = List.of();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try {
      if (!merge.isEmpty()) {
        return merged();
      }
      return simulated();
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

  private int merged() throws IOException {
    if (json == null || file != null) {
      throw new IllegalArgumentException("--merge goes with --json, and without -f");
    }
    Files.writeString(json, ShardMerge.merge(merge));
    return 0;
  }

  private int simulated() throws IOException {
    if (file == null) {
      throw new IllegalArgumentException("name a scenario with -f");
    }
    boolean isPart = !shard.equals(Shard.WHOLE);
    boolean isShown = timeline != null || report != null;
    if (isPart && (json == null || isShown || assertions != null)) {
      throw new IllegalArgumentException(
          "--shard goes with --json, and without --timeline, --report and --assert");
    }
    Scenario scenario = ScenarioFile.read(file, Optional.ofNullable(traces));
    if (engine != null) {
      scenario = scenario.withEngines(ScenarioFile.engines(engine));
    }
    ScenarioRun run = new ScenarioRun(scenario, TrafficSetting.usual());
    Outcome outcome = run.run(shard, isShown, progress());
    if (isPart) {
      Files.writeString(required(json), OutcomeJson.part(outcome, shard, run.names()));
      return 0;
    }
    return shown(outcome);
  }

  private ScenarioRun.Progress progress() {
    PrintWriter err = command().commandLine().getErr();
    return (done, total) -> {
      synchronized (err) {
        ProgressBar bar = new ProgressBar(err, total);
        bar.reached(done);
        if (done == total) {
          bar.close();
        }
      }
    };
  }

  private int shown(Outcome outcome) throws IOException {
    PrintWriter out = command().commandLine().getOut();
    out.print(OutcomeText.of(outcome));
    out.flush();
    if (json != null) {
      Files.writeString(json, OutcomeJson.of(outcome));
    }
    if (timeline != null) {
      TimelineCsv.write(timeline, outcome.result());
    }
    if (report != null) {
      Report.of(outcome.results()).write(report);
    }
    if (assertions == null) {
      return 0;
    }
    List<String> broken = assertions.broken(outcome.result());
    broken.forEach(line -> command().commandLine().getErr().println("not kept: " + line));
    return broken.isEmpty() ? 0 : BROKEN;
  }

  private static Path required(@Nullable Path path) {
    if (path == null) {
      throw new IllegalArgumentException("--json: must be given");
    }
    return path;
  }

  static final class AssertionsConverter implements OptionReader<Assertions> {
    @Override
    public Assertions read(String text) {
      return Assertions.parse(text);
    }
  }
}
