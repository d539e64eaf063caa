// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.hpa.ScaledObject;
import io.agentscale.simulations.replay.autoscale.KedaStep.Activity;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** KEDA's own part of a ScaledObject must do what KEDA does, or sleep costs what it does not. */
final class KedaStepTest {
  private static final Instant CREATED = Instant.parse("2026-01-05T00:00:00Z");
  private static final ScaledObject TO_ZERO = object("maxReplicaCount: 9");
  private static final ScaledObject FROM_TWO = object("minReplicaCount: 2");
  private static final ScaledObject IDLES = object("minReplicaCount: 3\nidleReplicaCount: 0");
  private static final ScaledObject FALLS_BACK =
      object("fallback: {failureThreshold: 3, replicas: 4}");
  private static final ScaledObject LATE = object("initialCooldownPeriod: 120");

  private static ScaledObject object(String fields) {
    return ScaledObjects.parse(fields, ScaledObjects.IN_FLIGHT);
  }

  /**
   * One case.
   *
   * @param lastActive seconds before now; negative for never
   * @param age of the object in seconds
   */
  record Case(
      String name,
      ScaledObject object,
      int present,
      Activity activity,
      int lastActive,
      int age,
      int expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("active wakes one", TO_ZERO, 0, Activity.ACTIVE, -1, 0, 1),
        new Case("active wakes the minimum", FROM_TWO, 0, Activity.ACTIVE, -1, 0, 2),
        new Case("above none the HPA decides", TO_ZERO, 5, Activity.ACTIVE, 0, 900, 5),
        new Case("idle waits for the cooldown", TO_ZERO, 5, Activity.IDLE, 299, 900, 5),
        new Case("at its very end still", TO_ZERO, 5, Activity.IDLE, 300, 900, 5),
        new Case("then all go, not one by one", TO_ZERO, 5, Activity.IDLE, 301, 900, 0),
        new Case("never active, no cooldown", TO_ZERO, 2, Activity.IDLE, -1, 1, 0),
        new Case("never active, initial cooldown", LATE, 2, Activity.IDLE, -1, 120, 2),
        new Case("initial cooldown over", LATE, 2, Activity.IDLE, -1, 121, 0),
        new Case("with a minimum the cooldown is moot", FROM_TWO, 5, Activity.IDLE, 9999, 9999, 5),
        new Case("below the minimum it is restored", FROM_TWO, 1, Activity.IDLE, 0, 9999, 2),
        new Case("idle count after the cooldown", IDLES, 3, Activity.IDLE, 301, 9999, 0),
        new Case("idle count is left for the minimum", IDLES, 0, Activity.ACTIVE, 0, 9999, 3),
        new Case("idle count is kept", IDLES, 0, Activity.IDLE, 9999, 9999, 0),
        new Case("failure keeps what there is", TO_ZERO, 5, Activity.FAILED, 9999, 9999, 5),
        new Case("failure wakes nothing", TO_ZERO, 0, Activity.FAILED, 9999, 9999, 0),
        new Case("failure falls back", FALLS_BACK, 0, Activity.FAILED, 9999, 9999, 4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void of_doesAsKedaDoes(Case each) {
    Instant now = CREATED.plusSeconds(each.age);
    Optional<Instant> lastActive =
        each.lastActive < 0 ? Optional.empty() : Optional.of(now.minusSeconds(each.lastActive));
    KedaStep step = KedaStep.of(each.object, each.present, each.activity, lastActive, CREATED, now);
    assertThat(step.replicas()).as(step.because()).isEqualTo(each.expected);
  }
}
