// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentscale.adapter.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code serve} is met by programs that are not ours: {@code kubectl} must find it by the
 * kubeconfig it writes and by flags, and it must end without leaving its token behind.
 */
final class ServeProcessIT {
  private static final int ENDED_BY_SIGTERM = 143;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ALL_PODS =
      "/apis/custom.metrics.k8s.io/v1beta2/namespaces/agent-prod/pods/*/agent_concurrency";

  @TempDir private static Path directory;

  private static ExposingPod pod;
  private static Process serve;

  private record Outcome(int code, String out, String err) {}

  @BeforeAll
  static void start() throws IOException {
    pod = new ExposingPod("agent-prod", "coder-0", "coder").gauge("agent_runs_in_flight", 5);
    Files.writeString(
        directory.resolve("objects.yaml"), "apiVersion: v1\nkind: List\nitems:\n" + pod.manifest());
    Files.writeString(
        directory.resolve("adapter.yaml"),
        """
        objects: {file: objects.yaml}
        scrape: {interval: 1s, timeout: 1s}
        server: {listen: 127.0.0.1}
        ops: {listen: 127.0.0.1}
        """);
    serve =
        command(java("serve", "--config", directory + "/adapter.yaml", "--port=0", "--ops-port=0"))
            .redirectOutput(directory.resolve("serve.out").toFile())
            .redirectError(directory.resolve("serve.err").toFile())
            .start();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(serve.isAlive()).as(serveErr()).isTrue();
              return Files.exists(kubeconfig()) && get("-o", "json").code() == 0;
            });
  }

  @AfterAll
  static void stop() throws Exception {
    if (serve != null) {
      serve.destroy();
      boolean ended = serve.waitFor(20, TimeUnit.SECONDS);
      serve.destroyForcibly();
      assertThat(ended).as("ends when asked to").isTrue();
      assertThat(serve.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(kubeconfig()).doesNotExist();
      assertThat(directory).isDirectoryNotContaining("glob:**/*.token");
      assertThat(serveErr().lines().filter(line -> !line.startsWith("{")))
          .as("logs are JSON, and one line is for a person")
          .hasSize(1)
          .allMatch(line -> line.startsWith("agentscale serve: listening on https://127.0.0.1:"));
    }
    if (pod != null) {
      pod.close();
    }
  }

  @Test
  void kubectl_byTheKubeconfigThatServeWrites_readsDiscoveryAndValues() throws Exception {
    requireKubectl();

    JsonNode groups = json(kubectl("get", "--raw", "/apis"));
    assertThat(groups.findValuesAsText("groupVersion"))
        .contains(
            "custom.metrics.k8s.io/v1beta1",
            "custom.metrics.k8s.io/v1beta2",
            "external.metrics.k8s.io/v1beta1");
    assertThat(
            json(kubectl("get", "--raw", "/apis/custom.metrics.k8s.io/v1beta1"))
                .path("resources")
                .findValuesAsText("name"))
        .contains("pods/agent_concurrency", "namespaces/agent_queue_depth");

    JsonNode item =
        json(kubectl("get", "--raw", ALL_PODS + "?labelSelector=app%3Dcoder")).at("/items/0");
    assertThat(item.at("/describedObject/name").asText()).isEqualTo("coder-0");
    assertThat(item.path("value").asText()).isEqualTo("5");
  }

  @Test
  void kubectl_byItsOwnDiscovery_listsBothApis() throws Exception {
    requireKubectl();

    assertThat(kubectl("api-versions").out().lines())
        .contains("custom.metrics.k8s.io/v1beta2", "external.metrics.k8s.io/v1beta1");
    assertThat(kubectl("api-resources").out()).contains("external.metrics.k8s.io/v1beta1");
  }

  @Test
  void kubectl_byFlags_isLetInByTheTokenOnly() throws Exception {
    requireKubectl();
    Path ca = directory.resolve("ca.crt");
    Files.write(ca, Base64.getDecoder().decode(written("certificate-authority-data: (\\S+)")));
    List<String> flags =
        List.of(
            "kubectl",
            "--kubeconfig=/dev/null",
            "--server=" + written("server: \"([^\"]+)\""),
            "--certificate-authority=" + ca);

    Outcome known =
        run(with(flags, "--token=" + written("token: \"([^\"]+)\""), "get", "--raw", ALL_PODS));
    assertThat(json(known).at("/items/0/value").asText()).isEqualTo("5");

    Outcome stranger = run(with(flags, "--token=guessed", "get", "--raw", ALL_PODS));
    assertThat(stranger.code()).isEqualTo(1);
    assertThat(stranger.err()).contains("Unauthorized");
  }

  @Test
  void get_findsTheAdapterOfThisMachineByItself() throws Exception {
    Outcome table = get();
    assertThat(table).extracting(Outcome::code, Outcome::err).containsExactly(0, "");
    assertThat(table.out().lines().map(line -> List.of(line.split(" +"))).toList())
        .hasSize(2)
        .first()
        .isEqualTo(List.of("NAMESPACE", "KIND", "NAME", "METRIC", "VALUE", "AGE"));
    assertThat(table.out().lines().toList().getLast())
        .containsPattern("^agent-prod +Pod +coder-0 +agent_concurrency +5 +[0-9]+s$");

    JsonNode list = json(get("-o", "json"));
    assertThat(list.path("kind").asText()).isEqualTo("MetricValueList");
    assertThat(list.at("/items/0/value").asText()).isEqualTo("5");
  }

  @Test
  void get_ofWhatIsUnknown_failsWithTheCause() throws Exception {
    Outcome unknown = run(java("get", "pods", "*", "agent_tokens_per_minute", "-n", "agent-prod"));

    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.err())
        .startsWith("agentscale get: ")
        .contains("agent_tokens_per_minute")
        .contains("no series of any known source")
        .hasLineCount(1);
  }

  @Test
  void get_ofAServerThatIsNotThere_failsWithTheCause() throws Exception {
    Outcome refused =
        run(
            java(
                "get",
                "pods",
                "*",
                "agent_concurrency",
                "--server",
                "https://127.0.0.1:1",
                "--token",
                "none"));

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).startsWith("agentscale get: ").contains("127.0.0.1:1");
    assertThat(refused.err()).doesNotContain("\tat ");
  }

  @Test
  void get_whereNothingRuns_saysWhereItLooked() throws Exception {
    ProcessBuilder elsewhere = command(java("get", "pods", "*", "agent_concurrency"));
    elsewhere.environment().put("XDG_STATE_HOME", directory + "/empty");

    Outcome refused = run(elsewhere);

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("agentscale get: no adapter runs on this machine, and no cluster: looked for ")
        .hasLineCount(1);
  }

  @Test
  void serve_withoutObjectsAndWithoutCluster_saysWhereItLooked() throws Exception {
    Outcome refused = run(java("serve", "--port=0", "--ops-port=0"));

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("agentscale serve: no cluster: looked for --kubeconfig, KUBECONFIG, ")
        .contains("--objects")
        .hasLineCount(1);
  }

  @Test
  void serve_onATakenPort_saysWhich() throws Exception {
    for (String flag : List.of("--port", "--ops-port")) {
      String other = flag.equals("--port") ? "--ops-port=0" : "--port=0";
      Outcome refused =
          run(java("serve", "--config", directory + "/adapter.yaml", other, flag, "" + pod.port()));

      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err().lines().filter(line -> !line.startsWith("{")).toList())
          .singleElement()
          .asString()
          .startsWith("agentscale serve: ")
          .contains("in use", "127.0.0.1:" + pod.port());
    }
  }

  @Test
  void serve_withABadFile_saysFileLineAndField() throws Exception {
    Path bad = Files.writeString(directory.resolve("bad.yaml"), "server:\n  prot: 6443\n");
    Outcome refused = run(java("serve", "--config", bad.toString()));

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("agentscale serve: ")
        .contains(bad + ":2")
        .contains("prot")
        .doesNotContain("\tat ");

    Outcome missing = run(java("serve", "--config", directory + "/none.yaml"));
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("none.yaml").contains("no such file").hasLineCount(1);
  }

  private static Outcome get(String... more) throws Exception {
    return run(
        with(
            java("get", "pods", "*", "agent_concurrency", "-n", "agent-prod", "-l", "app=coder"),
            more));
  }

  private static Outcome kubectl(String... arguments) throws Exception {
    return run(with(List.of("kubectl", "--kubeconfig", kubeconfig().toString()), arguments));
  }

  private static JsonNode json(Outcome outcome) throws IOException {
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return new ObjectMapper().readTree(outcome.out());
  }

  private static Path kubeconfig() {
    return directory.resolve("agentscale").resolve("kubeconfig");
  }

  /** Returns what the written kubeconfig says, by a pattern with one group. */
  private static String written(String pattern) throws IOException {
    var found = Pattern.compile(pattern).matcher(Files.readString(kubeconfig()));
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }

  private static String serveErr() throws IOException {
    return Files.readString(directory.resolve("serve.err"));
  }

  private static List<String> java(String... arguments) {
    return with(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + directory,
            "-Duser.home=" + directory,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()),
        arguments);
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }

  private static Outcome run(List<String> command) throws Exception {
    return run(command(command));
  }

  private static Outcome run(ProcessBuilder command) throws Exception {
    Path out = Files.createTempFile(directory, "command", ".out");
    Path err = Files.createTempFile(directory, "command", ".err");
    Process process = command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + command.command());
    }
    return new Outcome(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  /** Nothing of this machine's clusters may be found. */
  private static ProcessBuilder command(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", directory.toString(),
                "XDG_STATE_HOME", directory.toString()));
    return builder;
  }

  private static void requireKubectl() {
    boolean found =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl")));
    if (!found && System.getenv("CI") != null) {
      fail("the program kubectl is missing; install Debian's package kubernetes-client");
    }
    assumeTrue(found, "needs the program kubectl: install Debian's package kubernetes-client");
  }
}
