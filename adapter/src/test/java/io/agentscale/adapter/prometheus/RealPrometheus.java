// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real Prometheus of Debian's package, on a free loopback port with its data in a directory
 * that goes away with it.
 */
public final class RealPrometheus implements AutoCloseable {
  private static final String PROGRAM = "prometheus";
  private static final String TOOL = "promtool";
  private static final Duration START_UP = Duration.ofSeconds(30);

  private final Process process;
  private final Path directory;
  private final URI url;

  private RealPrometheus(Process process, Path directory, URI url) {
    this.process = process;
    this.directory = directory;
    this.url = url;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param scrapeConfigs the YAML of {@code scrape_configs}' list, as it stands at the margin
   * @param interval between scrapes of every target
   */
  public static RealPrometheus start(String scrapeConfigs, Duration interval) throws IOException {
    requireProgram(PROGRAM);
    return start(Files.createTempDirectory("real-prometheus"), scrapeConfigs, interval);
  }

  /**
   * Starts one that scrapes nothing and remembers a past, however long ago.
   *
   * @param openMetrics samples with their times, ended by {@code # EOF}
   */
  public static RealPrometheus remembering(String openMetrics) throws IOException {
    requireProgram(PROGRAM);
    requireProgram(TOOL);
    Path directory = Files.createTempDirectory("real-prometheus");
    Path source = Files.writeString(directory.resolve("past.om"), openMetrics);
    Process tool =
        new ProcessBuilder(
                TOOL,
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                source.toString(),
                directory.resolve("data").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("promtool.log").toFile())
            .start();
    try {
      if (tool.waitFor() != 0) {
        fail("promtool ended: " + Files.readString(directory.resolve("promtool.log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("interrupted", e);
    }
    return start(directory, "- job_name: none", Duration.ofSeconds(15));
  }

  private static RealPrometheus start(Path directory, String scrapeConfigs, Duration interval)
      throws IOException {
    Path config = directory.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: %dms
          scrape_timeout: %dms
        scrape_configs:
        %s
        """
            .formatted(interval.toMillis(), interval.toMillis(), scrapeConfigs));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                PROGRAM,
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    RealPrometheus started =
        new RealPrometheus(process, directory, URI.create("http://127.0.0.1:" + port));
    try {
      started.awaitReady();
      return started;
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
  }

  /** One that scrapes these {@code host:port} addresses' {@code /metrics} as job {@code pods}. */
  public static RealPrometheus scraping(List<String> addresses, Duration interval)
      throws IOException {
    return start(
        "- job_name: pods\n  static_configs:\n  - targets: ['%s']"
            .formatted(String.join("', '", addresses)),
        interval);
  }

  public URI url() {
    return url;
  }

  /** Stops the process, whatever state it is in, and removes its data. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest ready = HttpRequest.newBuilder(url.resolve("/-/ready")).build();
      await()
          .atMost(START_UP)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () -> {
                if (!process.isAlive()) {
                  fail("prometheus ended: " + Files.readString(directory.resolve("log")));
                }
                return http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
              });
    }
  }

  private static void requireProgram(String program) {
    boolean found =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    if (!found && System.getenv("CI") != null) {
      fail("the program " + program + " is missing; install Debian's package prometheus");
    }
    assumeTrue(found, "needs the program " + program + ": install Debian's package prometheus");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
