// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.command;

import static java.util.Objects.requireNonNull;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.hpa.InvalidInputException;
import io.agentscale.adapter.promql.PromqlException;
import io.agentscale.adapter.schedule.IcsCalendar;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.core.schedule.HolidayCalendar;
import io.agentscale.simulations.backtest.Backtest;
import io.agentscale.simulations.backtest.BacktestScores;
import io.agentscale.simulations.backtest.TestedPolicy;
import io.agentscale.simulations.backtest.past.PastQuestions;
import io.agentscale.simulations.backtest.past.WorkloadPast;
import io.agentscale.simulations.options.DurationReader;
import io.agentscale.simulations.options.FetchBar;
import io.agentscale.simulations.options.OptionReader;
import io.agentscale.simulations.report.BacktestReport;
import io.agentscale.simulations.scenario.Assertions;
import io.agentscale.simulations.scenario.Prices;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a policy would have done with a workload's real past, against what really ran. */
@Command(
    name = "backtest",
    description =
        "Shows what a policy would have done with the demand a Prometheus remembers, against what"
            + " really ran. Decisions are those of the live service; each knows the past up to it"
            + " alone.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:it is done, and every --assert holds",
      " 1:an --assert does not hold",
      " 2:the input is refused, or the past is not known"
    },
    footer = {
      "",
      "Examples:",
      "  agentscale backtest --prometheus-url http://prometheus:9090 --policy policy.yaml",
      "  agentscale backtest --config adapter.yaml --policy policy.yaml --last 28d \\",
      "    --price-per-replica-hour 0.12 --currency USD --report backtest.html",
      "  agentscale backtest --prometheus-url http://prometheus:9090 --policy policy.yaml \\",
      "    --assert 'short_time_percent<0.1,cost_vs_baseline<1'"
    })
public final class BacktestCommand implements Callable<Integer> {
  private static final int BROKEN = 1;
  private static final int REFUSED = 2;

  private final TrafficSetting setting;

  @Mixin private final PastOptions pastOptions = new PastOptions();

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description =
          "YAML of a ScalingPolicy, perhaps with the HorizontalPodAutoscaler that follows it and"
              + " ConfigMaps of calendars")
  private Path policy = Path.of("");

  @Option(
      names = "--calendar",
      paramLabel = "NAME=FILE",
      description = "an iCalendar (.ics) file that schedules exclude by this name; may be repeated")
  private Map<String, Path> calendars = Map.of();

  @Option(
      names = "--start-up",
      paramLabel = "DURATION",
      converter = DurationReader.class,
      description = "from created to Ready of a replica (default: as measured, else 60s)")
  private @Nullable Duration startUp;

  @Option(
      names = "--price-per-replica-hour",
      paramLabel = "AMOUNT",
      description = "what a replica costs, ready or not")
  private @Nullable Double price;

  @Option(names = "--currency", paramLabel = "TEXT", description = "of the price, for people")
  private String currency = "";

  @Option(names = "--json", paramLabel = "FILE", description = "write the results there")
  private @Nullable Path json;

  @Option(
      names = "--timeline",
      paramLabel = "FILE",
      description = "write every decision there (CSV), with the state after it and the reason")
  private @Nullable Path timeline;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write a page of charts, scores and decisions there; it needs nothing else")
  private @Nullable Path report;

  @Option(
      names = "--assert",
      paramLabel = "RULES",
      converter = RulesReader.class,
      description =
          "what the policy must keep to, such as 'short_time_percent<0.1,cost_vs_baseline<1':"
              + " fields of the JSON, and its replica-hours over those of what really ran")
  private @Nullable Assertions assertions;

  @Spec private @Nullable CommandSpec spec;

  public BacktestCommand() {
    this(TrafficSetting.usual());
  }

  /** Takes what time it is, and where answers are kept. */
  BacktestCommand(TrafficSetting setting) {
    this.setting = setting;
  }

  @Override
  public Integer call() {
    try {
      return shown(tested());
    } catch (PromqlException e) {
      return refused("spec.demand.query: " + e.getMessage());
    } catch (NoSuchFileException e) {
      return refused(e.getFile() + ": no such file");
    } catch (IOException
        | UncheckedIOException
        | IllegalArgumentException
        | InvalidYamlException
        | InvalidInputException
        | InvalidTraceException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private int refused(String message) {
    CommandLine commandLine = requireNonNull(spec).commandLine();
    commandLine.getErr().println(requireNonNull(spec).qualifiedName() + ": " + message);
    commandLine.getErr().flush();
    return REFUSED;
  }

  private Backtest tested() throws IOException {
    AdapterConfig config = pastOptions.config();
    TestedPolicy tested =
        TestedPolicy.read(policy, readCalendars(), config.policies().loop().forecastStep());
    WorkloadPast past =
        pastOptions.past(
            tested.definition(), pastOptions.stretch(setting.clock().instant()), config);
    TrafficSetting reading =
        pastOptions.in(setting).with(new FetchBar(requireNonNull(spec).commandLine().getErr()));
    try (PastQuestions ofDemand =
            new PastQuestions(pastOptions.ofDemand(config, tested.definition()), reading);
        PastQuestions ofCluster = new PastQuestions(pastOptions.ofCluster(config), reading)) {
      return new BacktestRun(tested, past, settings()).run(ofDemand, ofCluster);
    }
  }

  private BacktestRun.Settings settings() {
    return new BacktestRun.Settings(
        pastOptions.comparesActual(),
        Optional.ofNullable(startUp),
        Optional.ofNullable(price).map(amount -> new Prices(currency, amount)));
  }

  private Map<String, HolidayCalendar> readCalendars() throws IOException {
    Map<String, HolidayCalendar> read = new HashMap<>();
    for (Map.Entry<String, Path> calendar : calendars.entrySet()) {
      read.put(calendar.getKey(), IcsCalendar.read(calendar.getValue()));
    }
    return read;
  }

  private int shown(Backtest backtest) throws IOException {
    CommandLine commandLine = requireNonNull(spec).commandLine();
    commandLine.getOut().print(BacktestText.of(backtest));
    commandLine.getOut().flush();
    if (json != null) {
      Files.writeString(json, BacktestJson.of(backtest));
    }
    if (timeline != null) {
      BacktestCsv.write(timeline, backtest);
    }
    if (report != null) {
      new BacktestReport(backtest).write(report);
    }
    List<String> broken = assertions == null ? List.of() : broken(assertions, backtest);
    broken.forEach(line -> commandLine.getErr().println("not kept: " + line));
    commandLine.getErr().flush();
    return broken.isEmpty() ? 0 : BROKEN;
  }

  private static List<String> broken(Assertions rules, Backtest backtest) {
    return rules.broken(
        backtest.judged().stream()
            .map(each -> new Assertions.Judged(each.name(), each.real(), each.scores()))
            .toList(),
        Backtest.ACTUAL);
  }

  static final class RulesReader implements OptionReader<Assertions> {
    @Override
    public Assertions read(String text) {
      return Assertions.parse(text, BacktestScores.class);
    }
  }
}
