// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.workload.Policies;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.CompositePolicy;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicyState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What is wrong with a policy often shows only in what it decides, hour after hour. */
final class DecisionTrapsTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final int STEP_SECONDS = 15;

  /** Decides at every step with the real policy, at so many replicas. */
  private static List<DecisionRecord> history(
      PolicyDefinition policy, int replicas, int steps, IntFunction<LiveDemand> live) {
    List<DecisionRecord> history = new ArrayList<>();
    PolicyState state = PolicyState.INITIAL;
    for (int i = 0; i < steps; i++) {
      PolicyDecision decision =
          new CompositePolicy(policy.settings())
              .decide(state, new PolicyObservation(replicas, replicas, live.apply(i)), at(i));
      state = decision.state();
      history.add(
          new DecisionRecord(
              policy.key(),
              at(i),
              replicas,
              replicas,
              live.apply(i),
              decision,
              Optional.empty(),
              Optional.empty(),
              List.of()));
    }
    return history;
  }

  private static Instant at(int step) {
    return START.plusSeconds((long) step * STEP_SECONDS);
  }

  private static LiveDemand known(int step, double demand) {
    return new LiveDemand.Known(Quantity.of(demand), at(step), "test");
  }

  private static List<Finding> found(
      PolicyDefinition policy, int replicas, int steps, IntFunction<LiveDemand> live) {
    return DecisionTraps.find(policy, history(policy, replicas, steps, live));
  }

  @Test
  void loadAboveTheMaximum_isTold() {
    PolicyDefinition policy = new Policies().between(2, 5).make();

    assertThat(DecisionTraps.find(policy, List.of())).isEmpty();
    assertThat(found(policy, 5, 1, i -> known(i, 60))).isEmpty();
    assertThat(found(policy, 5, 1, i -> known(i, 61)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.trap()).isEqualTo(Trap.CEILING_BELOW_LOAD);
              assertThat(finding.field()).isEqualTo("spec.maxReplicas");
              assertThat(finding.problem()).startsWith("the live load alone needs 6 replicas");
            });
  }

  @Test
  void riseInTheDeadBand_isToldOnceItLasts() {
    PolicyDefinition policy = new Policies().make();
    // 21 of 20 replicas: a ratio of 1.05.
    IntFunction<LiveDemand> slightlyMore = i -> known(i, 20 * 12 + 12 - i * 0.001);

    assertThat(found(policy, 20, 7, slightlyMore)).isEmpty();
    assertThat(found(policy, 20, 8, slightlyMore))
        .extracting(Finding::trap)
        .containsExactly(Trap.DEAD_BAND);
    assertThat(found(new Policies().by(new Actuation.ExactFloor()).make(), 20, 8, slightlyMore))
        .isEmpty();
    assertThat(found(policy, 20, 8, i -> known(i, 20 * 12 - 12)))
        .as("a reduction that waits costs no run")
        .isEmpty();
  }

  @Test
  void gaugeAtItsCap_isTold() {
    PolicyDefinition policy = new Policies().make();

    // Rises for five minutes, then stands at 2 replicas times 12 slots for ten.
    assertThat(found(policy, 2, 62, i -> known(i, Math.min(24, i + 3.5))))
        .extracting(Finding::trap)
        .containsExactly(Trap.CAPPED_DEMAND);
  }

  @Test
  void realLoads_areNotTakenForCappedOnes() {
    PolicyDefinition policy = new Policies().make();

    assertThat(found(policy, 2, 60, i -> known(i, Math.min(24, i + 3.5))))
        .as("flat for less than ten minutes")
        .isEmpty();
    assertThat(found(policy, 2, 100, i -> known(i, Math.min(20, i)))).as("not full").isEmpty();
    assertThat(found(policy, 2, 100, i -> known(i, 24))).as("never lower").isEmpty();
    assertThat(found(policy, 2, 100, i -> known(i, i == 3 ? 30 : Math.min(24, i))))
        .as("was higher")
        .isEmpty();
    assertThat(found(policy, 2, 100, i -> known(i, Math.min(24, i + 1) - (i % 7 == 0 ? 1 : 0))))
        .as("moves")
        .isEmpty();
    assertThat(
            found(
                policy,
                2,
                100,
                i -> i < 30 ? known(i, Math.min(24, i)) : new LiveDemand.Unknown("test", "down")))
        .as("held, not read")
        .isEmpty();
  }
}
