// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Runs every measurement and prints the table, each line beside what the reference does. */
public final class Bench {
  private static final String LINE = "%-52s %10s %8s %8s %7s %5s   %s%n";
  private static final Duration POLL_PERIOD = Duration.ofSeconds(15);

  /** Rounds of the load before the one that counts: until the next is hardly faster. */
  private static final int MOST_WARM_UPS = 4;

  private static final double WARM = 1.1;
  private static final int AUTOSCALERS_EACH = 40;

  private final Path directory;

  private Bench(Path directory) {
    this.directory = directory;
  }

  /** Runs all; the only argument is a directory to work in. */
  public static void main(String[] arguments)
      throws IOException, GeneralSecurityException, InterruptedException {
    Bench bench = new Bench(Files.createDirectories(Path.of(arguments[0])));
    System.out.printf(
        "Java %s, %d cores shared with the load; TLS 1.3, HTTP/1.1; %s%nserver: java %s%n%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Scene.AUTHENTICATION,
        Service.flags());
    System.out.printf(
        LINE, "", "per second", "p50 ms", "p99 ms", "CPU us", "MB", "reference; target");
    bench.requests(300, 16, "5 to 10/s; >= 5,000/s, p99 < 5 ms");
    bench.requests(1000, 8, "7.1/s, 540 MB; >= 2,000/s, < 200 MB");
    bench.single();
    bench.autoscalers(5);
    bench.autoscalers(50);
    bench.start();
  }

  /** From exec to the first answered metric, as it is and with what the JVM learned before. */
  private void start() throws IOException, GeneralSecurityException, InterruptedException {
    Cluster small = new Cluster(1, 10);
    try (Scene scene = Scene.start(directory, small, List.of())) {
      row("exec to first answer", seconds(scene.firstAnswer()), scene, "0.36 to 0.58 s");
    }
    Path cache = directory.resolve("bench.aot");
    try (Scene scene = Scene.start(directory, small, List.of("-XX:AOTCacheOutput=" + cache))) {
      scene.load().once(Scene.selected(0, "tokens_waiting", "all%3Dyes"));
      scene.load().once(Scene.external(0));
    }
    List<String> cached = List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off");
    List<Duration> starts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      try (Scene scene = Scene.start(directory, small, cached)) {
        starts.add(scene.firstAnswer());
        if (i == 4) {
          starts.sort(null);
          row(
              "exec to first answer, AOT cache, median of 5",
              seconds(starts.get(2)),
              scene,
              "0.36 to 0.58 s; < 0.8 s");
        }
      }
    }
  }

  private void requests(int pods, int connections, String reference)
      throws IOException, GeneralSecurityException, InterruptedException {
    try (Scene scene = Scene.start(directory, new Cluster(1, pods), List.of())) {
      List<String> paths = List.of(Scene.selected(0, "runs_in_flight", "all%3Dyes"));
      String what = "pods/* of %d, %d connections".formatted(pods, connections);
      compare(what, paths, connections, scene, reference);
    }
  }

  private void single() throws IOException, GeneralSecurityException, InterruptedException {
    try (Scene scene = Scene.start(directory, new Cluster(1, 300), List.of())) {
      List<String> names =
          IntStream.range(0, 300).mapToObj(i -> Scene.named(0, i, "runs_in_flight")).toList();
      compare("one pod by name, 300 in turn", names, 16, scene, "about 1,850/s; >= 25,000/s");
      List<String> external = List.of(Scene.external(0));
      compare("external", external, 16, scene, "about 2,000/s; >= 25,000/s");
    }
  }

  /**
   * Measures the service, then the same HTTP stack with the same connections and a constant body of
   * the same size. Processor time a request is what tells on a machine that others use too.
   */
  private void compare(
      String what, List<String> paths, int connections, Scene scene, String reference)
      throws IOException, GeneralSecurityException, InterruptedException {
    Measured ours = measure(scene.service(), scene.load(), paths, connections);
    print(what + ", " + ours.load().bodyBytes() + " bytes", ours, reference);
    try (Service constant = Service.constant(directory)) {
      Load load = new Load(Scene.trustingAll(), constant.port(), "");
      Measured limit = measure(constant, load, List.of("/" + ours.load().bodyBytes()), connections);
      print("  the same stack, a constant body", limit, "");
      System.out.printf(
          "  %.0f %% of its requests a second (target >= 60 %%), %.0f %% by processor time%s%n",
          100 * ours.load().perSecond() / limit.load().perSecond(),
          100 * limit.processorMicros() / ours.processorMicros(),
          ours.load().notOk() == 0 ? "" : "; " + ours.load().notOk() + " answers were not 200");
    }
  }

  /** One load's result, with what it cost the server. */
  private record Measured(Load.Result load, double processorMicros, long residentMegabytes) {}

  private static Measured measure(Service service, Load load, List<String> paths, int connections)
      throws IOException, InterruptedException {
    double reached = 0;
    for (int round = 0; round < MOST_WARM_UPS; round++) {
      double now = load.run(paths, connections).perSecond();
      if (now < WARM * reached) {
        break;
      }
      reached = now;
    }
    Duration before = service.processorTime();
    Load.Result result = load.run(paths, connections);
    Duration used = service.processorTime().minus(before);
    return new Measured(
        result, used.toNanos() / 1e3 / result.answered(), service.residentMegabytes());
  }

  /** Forty autoscalers of two metrics in each namespace, 400 pods each, polled every 15 seconds. */
  private void autoscalers(int namespaces)
      throws IOException, GeneralSecurityException, InterruptedException {
    try (Scene scene = Scene.start(directory, new Cluster(namespaces, 400), List.of())) {
      List<String> paths = new ArrayList<>();
      for (int n = 0; n < namespaces; n++) {
        for (int app = 0; app < AUTOSCALERS_EACH; app++) {
          paths.add(Scene.selected(n, "runs_in_flight", "app%3Da" + app));
          paths.add(Scene.selected(n, "tokens_waiting", "app%3Da" + app));
        }
      }
      poll(scene, paths);
      long before = scene.prometheus().queries();
      int notOk = poll(scene, paths);
      double perSecond = (scene.prometheus().queries() - before) / (POLL_PERIOD.toMillis() / 1e3);
      System.out.printf(
          "%d autoscalers x 2 metrics on %d x 400 pods: %.2f Prometheus queries/s"
              + " (reference %.0f), %d MB resident (target < 256), %d answers not 200,"
              + " /series asked %d times%n",
          namespaces * AUTOSCALERS_EACH,
          namespaces,
          perSecond,
          paths.size() / (POLL_PERIOD.toMillis() / 1e3),
          scene.service().residentMegabytes(),
          notOk,
          scene.prometheus().seriesLists());
    }
  }

  /** Asks for each path once, spread over the period. */
  private static int poll(Scene scene, List<String> paths)
      throws InterruptedException, IOException {
    return scene.load().paced(paths, POLL_PERIOD);
  }

  private static void row(String what, String value, Scene scene, String reference)
      throws IOException {
    System.out.printf(
        LINE, what, value, "", "", "", scene.service().residentMegabytes(), reference);
  }

  private static void print(String what, Measured measured, String reference) {
    Load.Result result = measured.load();
    System.out.printf(
        LINE,
        what,
        "%,.0f".formatted(result.perSecond()),
        "%.2f".formatted(result.p50().toNanos() / 1e6),
        "%.2f".formatted(result.p99().toNanos() / 1e6),
        "%.0f".formatted(measured.processorMicros()),
        measured.residentMegabytes(),
        reference);
  }

  private static String seconds(Duration duration) {
    return "%.2f s".formatted(duration.toMillis() / 1e3);
  }
}
