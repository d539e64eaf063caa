// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import static io.agentscale.adapter.keda.Keda.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.keda.wire.ScaledObjectRef;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.Explanation.Proposal;
import io.agentscale.core.policy.Explanation.Source;
import io.agentscale.core.policy.Capacity;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * "Not active" takes the last replica away: it must be said only of demand that was known and low
 * for as long as the policy asks.
 */
final class ActivityTest {
  private static final ScaledObjectRef CODER = trigger("policy", "coder");
  private static final Duration IDLE = Duration.ofSeconds(40);

  private final TestPolicy policy = TestPolicy.named("coder").fromZero("2", IDLE);
  private Keda keda;

  @BeforeEach
  void open() throws IOException {
    keda = new Keda();
  }

  @AfterEach
  void close() {
    keda.close();
  }

  private boolean after(Duration time, String demand, int replicas) {
    keda.clock.advance(time);
    keda.board.post(policy.known(demand, replicas, keda.clock.instant()));
    return keda.isActive(CODER);
  }

  @Test
  void withAMinimumOfOne_isAlwaysActive() {
    keda.board.post(TestPolicy.named("coder").known("0", 1, keda.clock.instant()));

    assertThat(keda.isActive(CODER)).isTrue();
  }

  @Test
  void fromZero_activeAboveTheThresholdOnly() {
    assertThat(after(Duration.ZERO, "2", 0)).isFalse();
    assertThat(after(Duration.ofSeconds(15), "2001m", 0)).isTrue();
  }

  @Test
  void toZero_onlyAfterTheIdleTime() {
    assertThat(after(Duration.ZERO, "30", 3)).isTrue();
    assertThat(after(Duration.ofSeconds(15), "0", 3)).isTrue();
    assertThat(after(Duration.ofSeconds(15), "2", 3)).isTrue();
    assertThat(after(Duration.ofSeconds(15), "0", 3)).isFalse();
  }

  @Test
  void unknownInBetween_startsTheIdleTimeAgain() {
    assertThat(after(Duration.ZERO, "30", 3)).isTrue();
    assertThat(after(Duration.ofSeconds(30), "0", 3)).isTrue();
    keda.clock.advance(Duration.ofSeconds(5));
    keda.board.post(policy.unknown(3, keda.clock.instant()));
    assertThat(keda.isActive(CODER)).as("held").isTrue();
    assertThat(after(Duration.ofSeconds(15), "0", 3)).isTrue();
    assertThat(after(Duration.ofSeconds(30), "0", 3)).isFalse();
  }

  @Test
  void afterARestart_replicasThereAreStayForTheIdleTime() {
    assertThat(after(Duration.ZERO, "0", 3)).isTrue();
    assertThat(after(Duration.ofSeconds(30), "0", 3)).isTrue();
    assertThat(after(Duration.ofSeconds(15), "0", 3)).isFalse();
  }

  @Test
  void scheduledFloor_isActiveWithoutDemand_exactZeroEndsIt() {
    TestPolicy scheduled =
        TestPolicy.named("coder").fromZero("2", IDLE).schedules(window("work", Target.floor(2)));
    keda.board.post(scheduled.known("0", 0, keda.clock.instant()));
    assertThat(keda.isActive(CODER)).isTrue();

    TestPolicy exact =
        TestPolicy.named("coder").fromZero("2", IDLE).schedules(window("off", new Target.Exact(0)));
    keda.board.post(exact.known("30", 3, keda.clock.instant()));
    assertThat(keda.isActive(CODER)).isFalse();
  }

  @Test
  void forecast_isActiveWithoutDemand() {
    PolicySnapshot quiet = policy.known("0", 0, keda.clock.instant());
    keda.board.post(withForecast(quiet));

    assertThat(keda.isActive(CODER)).isTrue();
  }

  @Test
  void unknown_isAnError_neverInactive() {
    keda.board.post(policy.unknown(0, keda.clock.instant()));

    assertThat(keda.activityRefused(CODER).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void unknownWhileAsleep_wakesNothing() {
    keda.board.post(policy.unknown(0, keda.clock.instant()));
    assertThat(after(Duration.ofSeconds(15), "0", 0)).isFalse();
  }

  private Schedule window(String name, Target target) {
    return new Schedule(
        name,
        ZoneId.of("Europe/Berlin"),
        new Start.OnceInstant(keda.clock.instant().minusSeconds(60)),
        new End.After(Duration.ofHours(1)),
        target,
        Duration.ZERO,
        List.of());
  }

  private PolicySnapshot withForecast(PolicySnapshot snapshot) {
    DecisionRecord record = snapshot.latest().orElseThrow();
    Explanation quiet = record.decision().explanation();
    List<Proposal> proposals = new ArrayList<>(quiet.proposals());
    proposals.add(
        new Proposal(Source.FORECAST, Optional.of(new Capacity(Quantity.of(30), 3)), "foreseen"));
    Explanation foreseen =
        new Explanation(
            quiet.at(),
            quiet.present(),
            3,
            quiet.served(),
            quiet.inputs(),
            proposals,
            Source.FORECAST,
            List.of(),
            quiet.schedules(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    PolicyDecision decision =
        new PolicyDecision(3, quiet.served(), record.decision().state(), foreseen);
    return policy.with(decision, 0, record.at());
  }
}
