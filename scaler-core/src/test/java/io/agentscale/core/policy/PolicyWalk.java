// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static io.agentscale.core.policy.PolicyFixture.foresight;
import static io.agentscale.core.policy.PolicyFixture.plan;
import static io.agentscale.core.policy.PolicyFixture.unknown;
import static io.agentscale.core.policy.PolicyFixture.workday;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Random policies, each followed through random days; the same seed walks the same way. */
final class PolicyWalk {
  private static final int POLICIES = 60;
  private static final int STEPS_EACH = 200;
  static final int STEPS = POLICIES * STEPS_EACH;

  private final SplittableRandom random;
  // All demands are multiples of it, so that a walk can be repeated in another unit.
  private final long unit;

  private PolicyWalk(long seed, long unit) {
    random = new SplittableRandom(seed);
    this.unit = unit;
  }

  /** One step of a walk. */
  record Step(
      PolicySettings settings, PolicyState state, PolicyObservation observation, Instant now) {
    PolicyDecision decide() {
      return new CompositePolicy(settings).decide(state, observation, now);
    }

    Step withLive(LiveDemand live) {
      return new Step(
          settings,
          state,
          new PolicyObservation(
              observation.replicas(),
              observation.readyReplicas(),
              live,
              observation.foresight(),
              observation.tokenUse()),
          now);
    }

    Step withoutForecast() {
      return new Step(
          new PolicySettings(
              settings.perReplica(),
              settings.schedules(),
              settings.headroom(),
              Optional.empty(),
              settings.quota(),
              settings.hold(),
              settings.tolerance()),
          state,
          observation,
          now);
    }

    Optional<Quantity> live() {
      return observation.live() instanceof LiveDemand.Known known
          ? Optional.of(known.demand())
          : Optional.empty();
    }
  }

  static List<Step> steps(long seed) {
    return steps(seed, 1);
  }

  /** Returns the walk of a seed with demands measured in a unit so many times smaller. */
  static List<Step> steps(long seed, long unit) {
    return new PolicyWalk(seed, unit).walk();
  }

  private List<Step> walk() {
    List<Step> steps = new ArrayList<>(STEPS);
    for (int i = 0; i < POLICIES; i++) {
      PolicySettings settings = settings();
      PolicyState state = PolicyState.INITIAL;
      Instant now = Instant.parse("2026-01-01T00:00:00Z");
      int replicas = random.nextInt(1, 20);
      for (int k = 0; k < STEPS_EACH; k++) {
        now = now.plusSeconds(random.nextInt(1, 600));
        Step step = new Step(settings, state, observation(replicas, now), now);
        steps.add(step);
        PolicyDecision decision = step.decide();
        state = random.nextInt(50) == 0 ? PolicyState.INITIAL : decision.state();
        replicas = random.nextInt(4) == 0 ? random.nextInt(0, 50) : decision.replicas();
      }
    }
    return steps;
  }

  private PolicySettings settings() {
    List<Schedule> schedules = new ArrayList<>();
    int min = random.nextInt(0, 4);
    int max = random.nextInt(20, 60);
    if (random.nextBoolean()) {
      schedules.add(workday("day", target()));
    }
    if (random.nextInt(4) == 0) {
      schedules.add(workday("more", target()));
    }
    PolicySettings settings =
        PolicySettings.of(amount(100, 20_000), plan(min, max, schedules.toArray(Schedule[]::new)));
    if (random.nextBoolean()) {
      settings = settings.withForecast(ForecastUse.DEFAULT);
    }
    if (random.nextBoolean()) {
      settings =
          settings.withHeadroom(
              random.nextBoolean()
                  ? new Headroom.Percent(random.nextInt(100))
                  : new Headroom.Absolute(amount(0, 50_000)));
    }
    return switch (random.nextInt(3)) {
      case 0 -> settings.withQuota(new Quota(Quantity.of(2_000_000)));
      case 1 ->
          settings.withQuota(
              new Quota(
                  Quantity.of(2_000_000),
                  Optional.of(Quantity.of(random.nextInt(50_000, 1_000_000)))));
      default -> settings;
    };
  }

  private Target target() {
    return switch (random.nextInt(4)) {
      case 0 -> Target.floor(random.nextInt(1, 20));
      case 1 -> Target.ceiling(random.nextInt(0, 20));
      case 2 -> new Target.Exact(random.nextInt(0, 20));
      default -> new Target.Demand(amount(1, 300_000));
    };
  }

  private PolicyObservation observation(int replicas, Instant now) {
    LiveDemand live =
        random.nextInt(4) == 0
            ? unknown()
            : new LiveDemand.Known(
                amount(0, 400_000), now.minusSeconds(random.nextInt(0, 400)), "walk");
    OptionalDouble skill =
        random.nextInt(3) == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(random.nextDouble(-0.2, 0.5));
    double foreseen = amount(0, 400_000).doubleValue();
    Optional<TokenUse> use =
        random.nextInt(3) == 0
            ? Optional.empty()
            : Optional.of(new TokenUse(Quantity.of(random.nextInt(0, 2_100_000)), now, "walk"));
    return new PolicyObservation(
        replicas,
        random.nextInt(0, replicas + 1),
        live,
        Optional.of(foresight(foreseen, skill, now)),
        use);
  }

  private Quantity amount(int from, int to) {
    return Quantity.ofMilli(random.nextInt(from, to) * unit);
  }
}
