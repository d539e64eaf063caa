// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static io.agentscale.adapter.serve.PolicyLife.HPA;
import static io.agentscale.adapter.serve.PolicyLife.POLICY;
import static io.agentscale.adapter.serve.PolicyLife.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.controlplane.ProcessLine.Fatal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole process is killed in every state of a policy's life, and at every write by which one
 * state becomes the next, just before it arrives or just after it was done. The next process must
 * end where the first would have: nothing lost, and no floor stuck high or low.
 */
final class PolicyCrashIT {
  private static final int USER = 2;
  private static final int HELD = 6;
  private static final String STATUS = POLICY + "/status";

  /** What becomes of the policy, the floor that the autoscaler then has, and whether it is held. */
  private record Step(String name, Consumer<PolicyLife> change, int floor, boolean held) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Step> LIFE =
      List.of(
          held("created"),
          new Step("paused", life -> life.change(policy("\"mode\":\"Paused\",", "")), USER, false),
          held("enforced after a pause"),
          new Step(
              "previewed", life -> life.change(policy("\"mode\":\"Preview\",", "")), USER, false),
          held("enforced after a preview"),
          new Step(
              "a metric only",
              life -> life.change(policy("", "").replace("ExactFloor", "Metric")),
              USER,
              false),
          held("an exact floor again"),
          new Step("refused", life -> life.change(policy("", ",\"hold\":\"soon\"")), HELD, true),
          new Step("deleted", life -> life.cluster.delete(POLICY), USER, false));

  @TempDir private Path directory;
  private PolicyLife life;

  private static Step held(String name) {
    return new Step(name, life -> life.change(policy("", "")), HELD, true);
  }

  @BeforeEach
  void start() throws IOException {
    life = new PolicyLife(PolicyLife.Kind.FABRIC8_CRUD_MOCK, directory);
  }

  @AfterEach
  void stop() {
    life.close();
  }

  @Test
  void killedInAnyState_staysInIt() throws IOException {
    for (Step step : LIFE) {
      step.change.accept(life);
      awaitEnd(step);
      life.killProcess();
      assertThat(life.floor()).as("nobody looks, %s", step).isEqualTo(step.floor);
      life.startProcess();
      life.awaitDecided();
      awaitEnd(step);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void killedAtAnyWriteToTheAutoscaler_endsAsIfItWereNot(boolean isDone) throws IOException {
    assertThat(deaths(new Fatal(HPA, 1, isDone))).as("first writes").isEqualTo(8);
    assertThat(deaths(new Fatal(HPA, 2, isDone))).as("second writes").isEqualTo(4);
  }

  /** Holding is one write and giving back two. */
  @Test
  void noState_takesAThirdWrite() throws IOException {
    assertThat(deaths(new Fatal(HPA, 3, true))).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void killedAtTheStatus_endsAsIfItWereNot(boolean isDone) throws IOException {
    // A deleted policy has none; but one may be on its way.
    assertThat(deaths(new Fatal(STATUS, 1, isDone))).isGreaterThanOrEqualTo(LIFE.size() - 1);
  }

  /** Lives through all steps; returns in how many of them the process was killed. */
  private int deaths(Fatal write) throws IOException {
    int deaths = 0;
    for (Step step : LIFE) {
      life.killAt(write);
      step.change.accept(life);
      life.awaitKilledOr(() -> isAtItsEnd(step));
      if (life.isKilled()) {
        deaths++;
        life.killProcess();
        life.startProcess();
        life.awaitDecided();
      }
      awaitEnd(step);
    }
    return deaths;
  }

  private boolean isAtItsEnd(Step step) {
    return life.floor() == step.floor && life.hold().isEmpty() != step.held && life.isReported();
  }

  private void awaitEnd(Step step) {
    PolicyLife.patiently(
        () -> {
          assertThat(life.floor()).as("%s, %s", step, life.status()).isEqualTo(step.floor);
          assertThat(life.hold().isEmpty()).as("%s: given back", step).isNotEqualTo(step.held);
          assertThat(life.isReported()).as("%s: reported, %s", step, life.status()).isTrue();
        });
  }
}
