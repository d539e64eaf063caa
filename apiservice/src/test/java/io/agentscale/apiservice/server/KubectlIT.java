// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl cannot read, nobody will believe to be a Kubernetes API. */
final class KubectlIT {
  @TempDir Path directory;
  private final TestServer server = TestServer.open(new ReferenceProvider());

  private record Outcome(int exitCode, String output) {}

  @BeforeEach
  void setUp() throws Exception {
    if (System.getenv("CI") == null) {
      assumeThat(isInstalled()).as("kubectl, Debian package kubernetes-client").isTrue();
    }
    Files.writeString(directory.resolve("kubeconfig"), "");
    Files.writeString(directory.resolve("ca.crt"), TestServer.AUTHORITY.certificatePem());
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("kubectl", "version", "--client")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    }
  }

  @AfterEach
  void tearDown() {
    server.close();
  }

  private Outcome kubectl(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "kubectl",
                "--server=" + server.url(""),
                // Without any credential kubectl asks its terminal for one.
                "--token=nobody",
                "--certificate-authority=" + directory.resolve("ca.crt"),
                "--cache-dir=" + directory.resolve("cache"),
                "--kubeconfig=" + directory.resolve("kubeconfig")));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("kubectl ends in 30 s").isTrue();
    return new Outcome(process.exitValue(), Files.readString(output));
  }

  @Test
  void getRaw_readsDiscoveryAndValues() throws Exception {
    Outcome discovery = kubectl("get", "--raw", "/apis/custom.metrics.k8s.io/v1beta2");
    assertThat(discovery.exitCode()).as(discovery.output()).isZero();
    assertThat(discovery.output()).contains("pods/http_requests_per_second");

    Outcome values =
        kubectl(
            "get",
            "--raw",
            "/apis/custom.metrics.k8s.io/v1beta2/namespaces/default/pods/*/http_requests_per_second");
    assertThat(values.exitCode()).as(values.output()).isZero();
    JsonNode list = Vectors.JSON.readTree(values.output());
    assertThat(list.at("/items")).hasSize(2);
    assertThat(list.at("/items/1/value").asText()).isEqualTo("22500m");
  }

  @Test
  void failures_areToldInOurWords() throws Exception {
    Outcome unknown =
        kubectl("get", "--raw", "/apis/external.metrics.k8s.io/v1beta1/namespaces/foo/nosuch");
    assertThat(unknown.exitCode()).isOne();
    assertThat(unknown.output())
        .contains(
            "Error from server (NotFound): the server could not find the metric nosuch for"
                + " namespaces: no rule gives it this metric");
    assertThat(unknown.output().strip().lines()).hasSize(1);
    Outcome failed =
        kubectl("get", "--raw", "/apis/external.metrics.k8s.io/v1beta1/namespaces/foo/err_metric");
    assertThat(failed.output()).contains("Prometheus answered 422");
  }

  @Test
  void apiResources_listsTheMetricsOfObjects_byName() throws Exception {
    Outcome custom = kubectl("api-resources", "--api-group=custom.metrics.k8s.io", "--no-headers");
    assertThat(custom.exitCode()).as(custom.output()).isZero();
    assertThat(custom.output().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .containsExactly(
            "dep_metric custom.metrics.k8s.io/v1beta2 true MetricValueList",
            "http_requests_per_second custom.metrics.k8s.io/v1beta2 true MetricValueList",
            "node_gpu custom.metrics.k8s.io/v1beta2 false MetricValueList",
            "vllm_queue custom.metrics.k8s.io/v1beta2 true MetricValueList");
    Outcome changeable =
        kubectl("api-resources", "--api-group=custom.metrics.k8s.io", "--verbs=list");
    assertThat(changeable.output()).as("nothing to list or delete").doesNotContain("vllm_queue");
  }

  @Test
  void apiResources_listsTheMetrics() throws Exception {
    Outcome external =
        kubectl("api-resources", "--api-group=external.metrics.k8s.io", "--no-headers");
    assertThat(external.exitCode()).as(external.output()).isZero();
    assertThat(external.output())
        .contains("queue_depth")
        .contains("global_depth")
        .contains("ExternalMetricValueList");
    Outcome versions = kubectl("api-versions");
    assertThat(versions.output())
        .contains(
            "custom.metrics.k8s.io/v1beta1",
            "custom.metrics.k8s.io/v1beta2",
            "external.metrics.k8s.io/v1beta1");
  }
}
