// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program in a JVM of its own, with the flags the service runs with in production. */
final class Service implements AutoCloseable {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> FLAGS =
      List.of("@" + CHECKOUT.resolve("deploy/jvm.options"), shippedHeap());

  private final Process process;
  private final int port;

  private Service(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Returns the flags of every server here, for the record. */
  static String flags() throws IOException {
    return Files.readAllLines(CHECKOUT.resolve("deploy/jvm.options")).stream()
            .filter(line -> line.startsWith("-"))
            .collect(Collectors.joining(" "))
        + " "
        + shippedHeap();
  }

  /** Returns what the launcher gives the service. */
  private static String shippedHeap() {
    try {
      Matcher heap =
          Pattern.compile("heap=(-Xmx\\w+)")
              .matcher(Files.readString(CHECKOUT.resolve("agentscale")));
      if (!heap.find()) {
        throw new IllegalStateException("the launcher gives the service no heap");
      }
      return heap.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts the adapter; it may not be ready yet.
   *
   * @param directory with its configuration; its log goes there
   * @param extra further flags of the JVM
   * @param environment further variables of its environment
   */
  static Service adapter(Path directory, List<String> extra, Map<String, String> environment)
      throws IOException {
    int port = freePort();
    List<String> command = java(extra);
    command.addAll(
        List.of(
            "io.agentscale.adapter.Main",
            "serve",
            "--config",
            directory.resolve("config.yaml").toString(),
            "--port",
            Integer.toString(port),
            "--ops-port",
            "0"));
    return new Service(started(command, directory, environment), port);
  }

  /** Starts the server of constant bodies and waits until it listens. */
  static Service constant(Path directory) throws IOException {
    List<String> command = java(List.of());
    command.add("io.agentscale.bench.ConstantServer");
    Process process =
        new ProcessBuilder(command)
            .redirectError(directory.resolve("constant.log").toFile())
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return new Service(process, Integer.parseInt(out.readLine()));
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns the memory it has in use, as the kernel counts it. */
  long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the processor time it has used, in the kernel's ticks of ten milliseconds. */
  Duration processorTime() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Duration.ofMillis(10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Process started(
      List<String> command, Path directory, Map<String, String> environment) throws IOException {
    File log = directory.resolve("adapter.log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().remove("KUBECONFIG");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static List<String> java(List<String> extra) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(extra);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
