// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slip in a file that is in use must not take its policies away. */
final class FilePoliciesTest {
  private static final String POLICY =
      """
      apiVersion: agentscale.io/v1alpha1
      kind: ScalingPolicy
      metadata: {name: %s}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: coder}
        maxReplicas: %d
        demand: {preset: agent-concurrency, perReplica: 12}
      ---
      """;

  @TempDir private Path directory;
  private final ToldPolicies told = new ToldPolicies();
  private Path file;
  private FilePolicies policies;

  @BeforeEach
  void file() throws IOException {
    file = write(POLICY.formatted("one", 4) + POLICY.formatted("two", 4));
    policies = new FilePolicies(file, Map.of());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("policies.yaml"), text);
  }

  @Test
  void changes_areFollowed_andARefusedFileChangesNothing() throws IOException {
    policies.check(told);
    policies.check(told);
    assertThat(told.told).containsExactly("defined one 0", "defined two 0");
    told.told.clear();

    write(POLICY.formatted("one", 0));
    policies.check(told);
    policies.check(told);
    assertThat(told.told).isEmpty();
    assertThat(policies.refusal())
        .hasValueSatisfying(
            cause -> assertThat(cause).contains("policies.yaml:6:16: spec.maxReplicas: must be"));

    write(POLICY.formatted("one", 8));
    policies.check(told);
    assertThat(told.told).containsExactly("removed two", "defined one 0");
    assertThat(policies.refusal()).isEmpty();

    Files.delete(file);
    policies.check(told);
    assertThat(told.told).hasSize(2);
    assertThat(policies.refusal()).isPresent();
  }

  @Test
  void started_itLooksByItself() throws IOException {
    try (FilePolicies started = policies) {
      started.start(told);
      assertThat(started.isSynced()).isTrue();
      assertThat(told.told).hasSize(2);
      write(POLICY.formatted("three", 8));
      await().untilAsserted(() -> assertThat(told.told).contains("defined three 0"));
    }
  }
}
