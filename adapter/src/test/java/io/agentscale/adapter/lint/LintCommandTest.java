// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.Main;
import io.agentscale.adapter.controlplane.TestControlPlane;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What fails a pipeline has to say where and why; what passes it has to have been looked at. */
final class LintCommandTest {
  private static final String HPA =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata:
        name: %s
      spec:
        scaleTargetRef:
          apiVersion: apps/v1
          kind: Deployment
          name: coder
        maxReplicas: %s
      """;
  private static final String POLICY =
      """
      apiVersion: agentscale.io/v1alpha1
      kind: ScalingPolicy
      metadata:
        name: coder
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: coder}
        maxReplicas: 40
        demand: {preset: agent-concurrency, perReplica: "12"}
      """;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int lint(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "lint";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return line.execute(all);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void finding_namesFileLineFieldAndRemedy() throws IOException {
    String one = file("one.yaml", HPA.formatted("a", "9"));
    String two = file("two.yaml", "# second\n" + HPA.formatted("b", "9"));

    assertThat(lint(one, two)).isEqualTo(1);
    assertThat(out.toString())
        .isEqualTo(
            two
                + ":7: error [two-autoscalers] HorizontalPodAutoscaler default/b spec.scaleTargetRef:"
                + " scales Deployment/coder, as HorizontalPodAutoscaler default/a does: each"
                + " overwrites the other's count\n"
                + "    -> keep one of them; it can follow several metrics\n"
                + "1 errors, 0 warnings\n");
  }

  @Test
  void directory_isReadWhole_andNothingFoundIsSaid() throws IOException {
    Files.createDirectory(directory.resolve("sub"));
    String sub = file("sub/hpa.yml", HPA.formatted("a", "9"));
    file("notes.txt", "not: [yaml");

    assertThat(lint(directory.toString())).isZero();
    assertThat(out.toString()).isEqualTo("nothing found\n");
    Files.delete(Path.of(sub));
    file("sub/broken.yaml", "a: [1");
    assertThat(lint(directory.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("broken.yaml:", "[malformed] not YAML");
  }

  @Test
  void warnings_failOnlyWhenStrict() throws IOException {
    String file =
        file(
            "all.yaml",
            HPA.formatted("a", "9")
                + "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: coder}\n"
                + "spec: {replicas: 3}\n");

    assertThat(lint(file)).isZero();
    assertThat(lint(file, "--strict")).isEqualTo(1);
    assertThat(out.toString()).contains(file + ":15: warning [replicas-in-manifest]");
  }

  @Test
  void json_isForPrograms() throws IOException {
    String file = file("hpa.yaml", HPA.formatted("a", "many"));

    assertThat(lint(file, "-o", "json")).isEqualTo(1);
    JsonNode finding = new JsonMapper().readTree(out.toString()).get(0);
    assertThat(finding.path("line").asInt()).isEqualTo(10);
    assertThat(finding.path("rule").asText()).isEqualTo("malformed");
    assertThat(finding.path("severity").asText()).isEqualTo("error");
    assertThat(finding.path("field").asText()).isEqualTo("spec.maxReplicas");
    assertThat(finding.path("problem").asText()).endsWith("was: many");
  }

  @Test
  void policy_isHeldToWhatIsAround_inTheNamespaceGiven() throws IOException {
    String policy = file("policy.yaml", POLICY);
    String hpa = file("hpa.yaml", HPA.formatted("a", "9"));

    assertThat(lint(policy)).as("the autoscaler may be elsewhere").isZero();
    assertThat(lint(policy, hpa, "-n", "prod")).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "[maximum-too-low] HorizontalPodAutoscaler prod/a spec.maxReplicas: stops at 9",
            "[not-followed] ScalingPolicy prod/coder");
  }

  @Test
  void badPolicies_areRefusedWithTheirField() throws IOException {
    String bad = file("bad.yaml", POLICY.replace("maxReplicas: 40", "maxReplicas: -1"));
    String list =
        file(
            "list.yaml",
            "apiVersion: v1\nkind: List\nitems:\n- " + POLICY.strip().replace("\n", "\n  ") + "\n");

    assertThat(lint(bad)).isEqualTo(1);
    assertThat(out.toString()).contains(bad + ":7: error [malformed] spec.maxReplicas: must be");
    assertThat(lint(list)).isEqualTo(1);
    assertThat(out.toString()).contains(list + ":4:", "must be a document of its own");
  }

  @Test
  void sameObjectTwice_isAnError() throws IOException {
    String file = file("hpa.yaml", HPA.formatted("a", "9") + "---\n" + HPA.formatted("a", "8"));

    assertThat(lint(file)).isEqualTo(1);
    assertThat(out.toString()).contains(file + ":15:", "given twice, first in " + file + ":4");
  }

  @Test
  void aliasWithoutEnd_isRefused() throws IOException {
    String file = file("loop.yaml", "a: &a [*a]\n");

    assertThat(lint(file)).isEqualTo(1);
    assertThat(out.toString()).contains("nested more than 100 deep");
  }

  @Test
  void missingFile_isSaid() {
    assertThat(lint("nowhere.yaml")).isEqualTo(1);
    assertThat(err.toString()).contains("no such file: nowhere.yaml");
    assertThat(lint()).isEqualTo(2);
  }

  @Test
  void cluster_isLookedAtToo() throws IOException {
    try (TestControlPlane cluster = new TestControlPlane()) {
      cluster.put(
          "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/live",
          """
          {"metadata":{"name":"live","namespace":"default"},
           "spec":{"scaleTargetRef":{"kind":"Deployment","name":"coder"},"maxReplicas":9}}
          """);
      String kubeconfig = cluster.kubeconfig(directory).toString();
      String hpa = file("hpa.yaml", HPA.formatted("a", "9"));

      assertThat(lint(hpa, "--kubeconfig", kubeconfig)).isEqualTo(1);
      assertThat(out.toString())
          .contains("(cluster): error [two-autoscalers] HorizontalPodAutoscaler default/live");
      assertThat(err.toString()).isEmpty();

      cluster.failure = Optional.of(403);
      assertThat(lint(hpa, "--kubeconfig", kubeconfig)).isZero();
      assertThat(err.toString()).contains("not checked: horizontalpodautoscalers not read");
    }
  }
}
