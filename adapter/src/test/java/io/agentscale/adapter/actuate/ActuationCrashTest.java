// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Killed between any two writes, with other writers, failures and stale watches about: in the end
 * the user's values must be back, and nothing stuck high, low or asleep.
 */
final class ActuationCrashTest {
  private static final int RUNS = 400;
  private static final int STEPS = 60;

  private int kills;
  private int edits;
  private int failures;

  @Test
  void anyCourse_endsWithTheUsersValues() {
    for (int seed = 0; seed < RUNS; seed++) {
      run(new Random(seed), "seed " + seed);
    }
    assertThat(kills).isGreaterThan(300);
    assertThat(edits).isGreaterThan(500);
    assertThat(failures).isGreaterThan(500);
  }

  private void run(Random random, String seed) {
    Fixture fixture = new Fixture();
    fixture.putWorkload(3);
    fixture.putHpa(2, 30);
    fixture.minReplicas = random.nextBoolean() ? 0 : 2;
    if (fixture.minReplicas == 0) {
      fixture.activation = Optional.of(new Activation(Quantity.of(1), Duration.ofSeconds(30)));
    }
    int[] user = {2, 30};
    Instant now = Fixture.TEN;
    TargetView.Known view = fixture.view();
    for (int step = 0; step < STEPS; step++) {
      now = now.plusSeconds(15 + random.nextInt(120));
      vary(fixture, random);
      editAsUser(fixture, user, random);
      view = random.nextInt(4) == 0 ? view : fixture.view();
      arm(fixture, random);
      try {
        act(fixture, view, now, random);
      } catch (FakeCluster.Killed killed) {
        kills++;
        fixture.restart();
      }
      fixture.cluster.failure = Optional.empty();
      fixture.cluster.killAfterWrites = Integer.MAX_VALUE;
      assertThat(fixture.min()).as(seed).isBetween(1, fixture.max());
      assertThat(fixture.max()).as(seed).isLessThanOrEqualTo(user[1]);
      autoscale(fixture);
    }
    end(fixture, now.plusSeconds(60), random);
    assertThat(fixture.min()).as(seed).isEqualTo(user[0]);
    assertThat(fixture.max()).as(seed).isEqualTo(user[1]);
    assertThat(fixture.isHeld()).as(seed).isFalse();
    assertThat(fixture.cluster.object(Fixture.HPA).at("/metadata/managedFields").toString())
        .as(seed)
        .doesNotContain("\"agentscale\"");
    assertThat(fixture.replicas()).as(seed).isPositive();
  }

  private static void vary(Fixture fixture, Random random) {
    switch (random.nextInt(10)) {
      case 0 -> fixture.during(Target.floor(3 + random.nextInt(30)));
      case 1 -> fixture.during(Target.ceiling(1 + random.nextInt(10)));
      case 2 -> fixture.during(new Target.Exact(1 + random.nextInt(10)));
      case 3 -> fixture.schedules = List.of();
      case 4 -> fixture.demand = OptionalDouble.of(random.nextInt(200));
      case 5 -> fixture.demand = OptionalDouble.of(0);
      case 6 -> fixture.demand = OptionalDouble.empty();
      case 7 -> {
        fixture.actuation =
            random.nextBoolean() ? new Actuation.Metric() : new Actuation.ExactFloor();
        fixture.generation++;
      }
      case 8 -> {
        fixture.mode = List.of(Mode.values()).get(random.nextInt(Mode.values().length));
        fixture.generation++;
      }
      default -> {}
    }
  }

  /** What a person writes is theirs, unless it is what is there already. */
  private void editAsUser(Fixture fixture, int[] user, Random random) {
    if (random.nextInt(6) != 0) {
      return;
    }
    if (random.nextBoolean()) {
      int min = 1 + random.nextInt(fixture.max());
      if (min != fixture.min()) {
        edits++;
        user[0] = min;
        fixture.cluster.edit("kubectl", Fixture.HPA, "{\"spec\":{\"minReplicas\":" + min + "}}");
      }
    } else {
      int max = Math.max(40, Math.max(user[0], fixture.min())) + random.nextInt(20);
      if (max != fixture.max()) {
        edits++;
        user[1] = max;
        fixture.cluster.edit("kubectl", Fixture.HPA, "{\"spec\":{\"maxReplicas\":" + max + "}}");
      }
    }
  }

  private void arm(Fixture fixture, Random random) {
    if (random.nextInt(8) == 0) {
      failures++;
      fixture.cluster.failure = Optional.of(random.nextBoolean() ? 0 : 500);
    }
    if (random.nextInt(4) == 0) {
      fixture.cluster.killAfterWrites = random.nextInt(3);
      fixture.cluster.killedWriteIsDone = random.nextBoolean();
    }
  }

  private static void act(Fixture fixture, TargetView.Known view, Instant now, Random random) {
    if (random.nextInt(10) == 0) {
      fixture.actuator.sweep(Set.of(Fixture.KEY), now);
    }
    fixture.act(view, now);
  }

  /** A HorizontalPodAutoscaler, switched off where there is no replica. */
  private static void autoscale(Fixture fixture) {
    int replicas = fixture.replicas();
    if (replicas > 0) {
      int wanted = Math.clamp(replicas, fixture.min(), fixture.max());
      fixture.cluster.edit(
          "kube-controller-manager",
          Fixture.DEPLOYMENT,
          "{\"spec\":{\"replicas\":" + wanted + "}}");
    }
  }

  /** The policy goes: while it is looked at, or while nobody does. */
  private static void end(Fixture fixture, Instant now, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> fixture.actuator.release(fixture.policy(), now);
      case 1 -> {
        fixture.mode = Mode.PAUSED;
        fixture.act(now);
      }
      default -> {
        fixture.restart();
        fixture.actuator.sweep(Set.of(), now);
      }
    }
  }
}
