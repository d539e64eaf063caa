// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.serve.StopSignal;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import static java.util.Objects.requireNonNull;

/**
 * Sample agents under load, the adapter that scrapes them and decides by a policy, the autoscaler
 * that follows, and a live table of it all: on this machine, without a cluster and without
 * Prometheus.
 */
@Command(
    name = "demo",
    description =
        "Run sample agents, the adapter and an autoscaler on this machine through days of eight"
            + " minutes, and watch them scale.",
    footer = {
      "",
      "Examples:",
      "  agentscale demo",
      "  agentscale demo --minutes 4 --no-prediction",
      "  agentscale demo --minutes 1 --json"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration FIRST_LOOK = Duration.ofMillis(100);
  private static final Duration FIRST_ANSWER_PATIENCE = Duration.ofSeconds(15);
  private static final double LONGEST_MINUTES = 60 * 24 * 365;

  private final DemoAdapter.Launcher launcher;
  private final Clock clock;
  private final Instant programStart;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "end by itself N minutes after the first values (default: at Ctrl-C)")
  private @Nullable Double minutes;

  @Option(names = "--json", description = "print one JSON object a second instead of a table")
  private boolean json;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "serve the metrics APIs there (default: a free port)")
  private int port;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "draw another load (default: ${DEFAULT-VALUE})",
      defaultValue = "1")
  private long seed = 1;

  @Option(
      names = "--no-prediction",
      description = "follow the live demand alone: neither schedule nor forecast")
  private boolean withoutPrediction;

  /** Returns the demo of the service as it is. */
  public static DemoCommand served() {
    return new DemoCommand(ServedAdapter::start);
  }

  DemoCommand(DemoAdapter.Launcher launcher) {
    this(launcher, Clock.system(ZoneId.systemDefault()), processStart());
  }

  DemoCommand(DemoAdapter.Launcher launcher, Clock clock, Instant programStart) {
    this.launcher = launcher;
    this.clock = clock;
    this.programStart = programStart;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Duration> length = length();
    try (var stop = new StopSignal()) {
      run(stop, length);
      return 0;
    } catch (IOException e) {
      err().println("agentscale demo: " + e.getMessage());
      return 1;
    }
  }

  private void run(StopSignal stop, Optional<Duration> length)
      throws IOException, InterruptedException {
    try (DemoRun demo = new DemoRun(launcher, port, policy(), seed, clock)) {
      DemoView view = view();
      view.started(demo.adapter(), demo.loop().fleet().pods().getFirst());
      if (isAnswered(demo, stop)) {
        err().printf("agentscale demo: first values %.1f s after the start%n", age());
      }
      Instant end = length.map(clock.instant()::plus).orElse(Instant.MAX);
      do {
        view.show(demo.look());
      } while (!stop.await(REFRESH) && clock.instant().isBefore(end));
      view.ended(demo.loop());
    }
  }

  private String policy() {
    return withoutPrediction ? "demo-without-prediction.yaml" : "demo.yaml";
  }

  /** Waits until the first value is served; a demo of a slow start still shows its table. */
  private boolean isAnswered(DemoRun demo, StopSignal stop) throws InterruptedException {
    Instant deadline = clock.instant().plus(FIRST_ANSWER_PATIENCE);
    boolean answered = demo.look().hasValues();
    while (!answered && clock.instant().isBefore(deadline) && !stop.await(FIRST_LOOK)) {
      answered = demo.look().hasValues();
    }
    return answered;
  }

  private DemoView view() {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    return json ? new JsonLines(out) : new DemoTable(out, isTerminal(), clock.getZone());
  }

  private PrintWriter err() {
    return requireNonNull(spec).commandLine().getErr();
  }

  private Optional<Duration> length() {
    if (minutes == null) {
      return Optional.empty();
    }
    if (!(minutes > 0 && minutes <= LONGEST_MINUTES)) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(),
          "--minutes: must be above 0 and at most a year, was: " + minutes);
    }
    return Optional.of(Duration.ofMillis(Math.round(minutes * Duration.ofMinutes(1).toMillis())));
  }

  private double age() {
    return Duration.between(programStart, clock.instant()).toMillis() / 1e3;
  }

  // From JDK 25 on there is again no console where no person is.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
  }

  private static Instant processStart() {
    return ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
  }
}
