// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static io.agentscale.core.policy.PolicyFixture.TEN;
import static io.agentscale.core.policy.PolicyFixture.foresight;
import static io.agentscale.core.policy.PolicyFixture.known;
import static io.agentscale.core.policy.PolicyFixture.settings;
import static io.agentscale.core.policy.PolicyFixture.unknown;
import static io.agentscale.core.policy.PolicyFixture.workday;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Explanation.Clamp;
import io.agentscale.core.policy.Explanation.Limit;
import io.agentscale.core.policy.Explanation.Proposal;
import io.agentscale.core.policy.Explanation.Source;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** This is what reaches production: each source, each limit and each gap in knowledge by itself. */
final class CompositePolicyTest {
  private static final OptionalDouble SKILLED = OptionalDouble.of(0.2);

  @Test
  void liveDemand_aloneDecides() {
    PolicyDecision decision = decide(settings(), 5, known(100, TEN));
    assertThat(decision.replicas()).isEqualTo(9);
    assertThat(decision.served()).isEqualTo(served(100));
    assertThat(decision.explanation().winner()).isEqualTo(Source.LIVE);
    assertThat(decision.explanation().clamps()).isEmpty();
  }

  @Test
  void littleDemand_isServedAsTheMinimum() {
    PolicyDecision decision = decide(settings(), 5, known(3, TEN));
    assertThat(decision.replicas()).isEqualTo(2);
    assertThat(decision.served()).isEqualTo(served(24));
    assertThat(decision.explanation().winner()).isEqualTo(Source.MINIMUM);
  }

  @Test
  void floor_addsCapacity_andNeverTakesAny() {
    PolicySettings floor = settings(workday("day", Target.floor(10)));
    assertThat(decide(floor, 5, known(50, TEN)).served()).isEqualTo(served(120));
    assertThat(decide(floor, 5, known(50, TEN)).replicas()).isEqualTo(10);
    assertThat(decide(floor, 5, known(200, TEN)).replicas()).isEqualTo(17);
    assertThat(decide(floor, 5, known(50, TEN)).explanation().winner()).isEqualTo(Source.SCHEDULE);
  }

  @Test
  void scheduledDemand_isDividedByWhatAReplicaCarries() {
    PolicySettings demand = settings(workday("day", new Target.Demand(Quantity.of(125))));
    assertThat(decide(demand, 5, known(50, TEN)).replicas()).isEqualTo(11);
    assertThat(decide(demand, 5, known(50, TEN)).served()).isEqualTo(served(125));
  }

  @Test
  void ceiling_lowersWhatLiveDemandAsksFor_andSaysSo() {
    PolicyDecision decision =
        decide(settings(workday("night", Target.ceiling(4))), 5, known(100, TEN));
    assertThat(decision.replicas()).isEqualTo(4);
    assertThat(decision.served()).isEqualTo(served(48));
    assertThat(decision.explanation().clamps())
        .containsExactly(new Clamp(Limit.CEILING, 9, 4, "night: ceiling 4"));
  }

  @Test
  void ceilingBelowTheMinimum_isObeyed() {
    PolicyDecision decision =
        decide(settings(workday("off", Target.ceiling(0))), 5, known(100, TEN));
    assertThat(decision.replicas()).isZero();
    assertThat(decision.served()).isEqualTo(served(0));
  }

  @Test
  void exact_overridesInBothDirections() {
    PolicySettings exact = settings(workday("launch", new Target.Exact(7)));
    PolicyDecision less = decide(exact, 5, known(1000, TEN));
    assertThat(less.replicas()).isEqualTo(7);
    assertThat(less.served()).isEqualTo(served(84));
    assertThat(less.explanation().clamps()).extracting(Clamp::limit).containsExactly(Limit.EXACT);
    assertThat(decide(exact, 5, known(1, TEN)).replicas()).isEqualTo(7);
  }

  @Test
  void maximum_isTheLastWord() {
    PolicyDecision decision = decide(settings(), 5, known(1e9, TEN));
    assertThat(decision.replicas()).isEqualTo(40);
    assertThat(decision.explanation().clamps())
        .containsExactly(new Clamp(Limit.MAXIMUM, 83_333_334, 40, "maxReplicas 40"));
  }

  @Test
  void headroom_isAddedToLiveDemand() {
    PolicySettings percent = settings().withHeadroom(new Headroom.Percent(20));
    assertThat(decide(percent, 5, known(100, TEN)).served()).isEqualTo(served(120));
    PolicySettings absolute = settings().withHeadroom(new Headroom.Absolute(Quantity.of(5)));
    assertThat(decide(absolute, 5, known(100, TEN)).served()).isEqualTo(served(105));
  }

  @Test
  void forecast_addsCapacity_onceItIsBetterThanTheGateAsks() {
    PolicySettings policy = settings().withForecast(ForecastUse.DEFAULT);
    PolicyDecision acts = decide(policy, foresight(140, SKILLED, TEN));
    assertThat(acts.replicas()).isEqualTo(12);
    assertThat(acts.served()).isEqualTo(served(140));
    assertThat(acts.explanation().winner()).isEqualTo(Source.FORECAST);
    assertThat(decide(policy, foresight(20, SKILLED, TEN)).replicas()).isEqualTo(9);
  }

  @Test
  void forecast_withoutSkill_changesNothing() {
    PolicySettings policy = settings().withForecast(ForecastUse.DEFAULT);
    for (Foresight useless :
        List.of(
            foresight(140, OptionalDouble.empty(), TEN),
            foresight(140, OptionalDouble.of(-0.1), TEN),
            foresight(140, SKILLED, TEN.minus(Duration.ofHours(1))),
            foresight(
                new Forecast.Unknown("no sample seen yet"),
                new Accuracy(
                    0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), List.of())))) {
      PolicyDecision decision = decide(policy, useless);
      assertThat(decision.replicas()).isEqualTo(9);
      assertThat(proposal(decision, Source.FORECAST).ask()).isEmpty();
    }
  }

  @Test
  void forecastQuantile_thatTheForecasterDoesNotGive_isRefused() {
    PolicySettings policy =
        settings().withForecast(new ForecastUse(0.7, ForecastUse.DEFAULT.gate()));
    assertThatThrownBy(() -> decide(policy, foresight(140, SKILLED, TEN)))
        .hasMessageStartingWith("quantile: must be one of the configured");
  }

  @Test
  void quota_withKnownUsePerReplica_caps() {
    PolicySettings policy =
        settings().withQuota(new Quota(Quantity.parse("2M"), Optional.of(Quantity.parse("300k"))));
    PolicyDecision decision = decide(policy, 5, known(200, TEN));
    assertThat(decision.replicas()).isEqualTo(7);
    assertThat(decision.served()).isEqualTo(served(84));
    assertThat(decision.explanation().clamps())
        .containsExactly(
            new Clamp(
                Limit.QUOTA, 17, 7, "2M tokens per minute feed 7 replicas: more cannot help"));
  }

  @Test
  void quota_measured_stopsGrowthButTakesNothingAway() {
    PolicySettings policy = settings().withQuota(new Quota(Quantity.parse("2M")));
    assertThat(withUse(policy, "1M").replicas()).isEqualTo(10);
    assertThat(withUse(policy, "2M").replicas()).isEqualTo(5);
    assertThat(withUse(policy, "3M").replicas()).isEqualTo(5);
    assertThat(withUse(policy, "10k").replicas()).isEqualTo(17);
  }

  @Test
  void quota_withoutKnownUse_isNotApplied_andSaysSo() {
    PolicySettings policy = settings().withQuota(new Quota(Quantity.parse("2M")));
    PolicyDecision decision = decide(policy, 5, known(200, TEN));
    assertThat(decision.replicas()).isEqualTo(17);
    assertThat(decision.explanation().notes())
        .containsExactly("the quota is not applied: what a replica uses of it is not known");
  }

  @Test
  void quota_neverAsksForFewerThanTheMinimum() {
    PolicySettings policy =
        settings().withQuota(new Quota(Quantity.of(1), Optional.of(Quantity.of(5))));
    assertThat(decide(policy, 5, known(200, TEN)).replicas()).isEqualTo(2);
  }

  @Test
  void demandThatBecomesUnknown_isHeldWithItsTrueTime_andTakesNothingAway() {
    PolicyState state = decide(settings(), 9, known(60, TEN)).state();
    Instant later = TEN.plusSeconds(120);
    PolicyDecision decision = decide(settings(), state, observe(9, unknown()), later);
    assertThat(decision.served()).isEqualTo(served(60));
    assertThat(decision.replicas()).isEqualTo(9);
    assertThat(proposal(decision, Source.LIVE).because())
        .isEqualTo("demand 60, held: 2m old, unknown: connection refused");
    assertThat(decide(settings(), state, observe(3, unknown()), later).replicas()).isEqualTo(5);
  }

  @Test
  void demandUnknownForLonger_keepsThePresentReplicas_andSaysUnknown() {
    PolicyState state = decide(settings(), 9, known(200, TEN)).state();
    PolicyDecision decision =
        decide(settings(), state, observe(3, unknown()), TEN.plusSeconds(301));
    assertThat(decision.replicas()).isEqualTo(3);
    assertThat(decision.served())
        .isEqualTo(new ServedDemand.Unknown("unknown: connection refused"));
    assertThat(decision.explanation().winner()).isEqualTo(Source.PRESENT);
  }

  @Test
  void afterARestart_thePresentScaleIsHeldUntilDemandIsKnown() {
    PolicyDecision blind = decide(settings(), 9, unknown());
    assertThat(blind.replicas()).isEqualTo(9);
    assertThat(decide(settings(), blind.state(), observe(9, known(60, TEN)), TEN).replicas())
        .isEqualTo(5);
  }

  @Test
  void unknownDemand_stillLetsAScheduleAdd() {
    PolicyDecision decision = decide(settings(workday("day", Target.floor(10))), 4, unknown());
    assertThat(decision.replicas()).isEqualTo(10);
    assertThat(decision.served()).isEqualTo(served(120));
    assertThat(decide(settings(workday("day", Target.floor(10))), 20, unknown()).replicas())
        .isEqualTo(20);
  }

  @Test
  void oldSample_isUnknown() {
    PolicyDecision decision = decide(settings(), 9, known(12, TEN.minusSeconds(400)));
    assertThat(decision.replicas()).isEqualTo(9);
    assertThat(decision.served())
        .isEqualTo(
            new ServedDemand.Unknown("unknown: the newest value is 6m40s old, more than 5m"));
  }

  @Test
  void sampleDatedAhead_holdsNoLongerThanAnyOther() {
    PolicyState state = decide(settings(), 9, known(12, TEN.plusSeconds(86_400))).state();
    assertThat(decide(settings(), state, observe(9, unknown()), TEN.plusSeconds(301)).served())
        .isInstanceOf(ServedDemand.Unknown.class);
  }

  @Test
  void explanation_readsAsTables() {
    PolicySettings policy =
        settings(workday("day", Target.range(4, 11))).withForecast(ForecastUse.DEFAULT);
    String text =
        decide(
                policy,
                PolicyState.INITIAL,
                new PolicyObservation(
                    11,
                    10,
                    known(100, TEN.minusSeconds(20)),
                    Optional.of(foresight(140, SKILLED, TEN)),
                    Optional.empty()),
                TEN)
            .explanation()
            .toString();
    assertThat(text)
        .isEqualTo(
            """
            2026-01-01T10:00:00Z  11 -> 11 replicas by forecast, then ceiling; demand served 132

            INPUT        VALUE                          AGE  SOURCE
            live demand  100                            20s  prometheus
            replicas     11, 10 ready                   -    scale
            perReplica   12                             -    policy
            bounds       2 to 40                        -    policy
            schedules    1                              -    policy
            quantile     0.9                            -    policy
            minSkill     0.0                            -    policy
            lead         10m                            -    configured
            forecast     112.0 at 2026-01-01T10:00:00Z  10m  forecaster, 10m ahead
            band         q0.5 112.0, q0.9 140.0         10m  forecaster, 10m ahead
            skill        0.2                            -    100 outcomes

            PROPOSAL    REPLICAS  DEMAND  BECAUSE
            live        9         100     demand 100
            schedule    4         48      day: floor 4, day: ceiling 11
            * forecast  12        140     quantile 0.9 10m ahead, skill 0.200 is at least minSkill 0.000, 9 days of history, daily rhythm, 1000 forecasts checked
            minimum     2         24      minReplicas 2

            LIMIT    BEFORE  AFTER  BECAUSE
            ceiling  12      11     day: floor 4, day: ceiling 11
            """);
  }

  private static PolicyDecision withUse(PolicySettings policy, String tokens) {
    var use = new TokenUse(Quantity.parse(tokens), TEN, "prometheus");
    return decide(
        policy,
        PolicyState.INITIAL,
        new PolicyObservation(5, 5, known(200, TEN), Optional.empty(), Optional.of(use)),
        TEN);
  }

  private static PolicyDecision decide(PolicySettings policy, Foresight foresight) {
    return decide(
        policy,
        PolicyState.INITIAL,
        new PolicyObservation(5, 5, known(100, TEN), Optional.of(foresight), Optional.empty()),
        TEN);
  }

  private static PolicyDecision decide(PolicySettings policy, int replicas, LiveDemand live) {
    return decide(policy, PolicyState.INITIAL, observe(replicas, live), TEN);
  }

  private static PolicyDecision decide(
      PolicySettings policy, PolicyState state, PolicyObservation observation, Instant now) {
    return new CompositePolicy(policy).decide(state, observation, now);
  }

  private static PolicyObservation observe(int replicas, LiveDemand live) {
    return new PolicyObservation(replicas, replicas, live);
  }

  private static ServedDemand served(double demand) {
    return new ServedDemand.Known(Quantity.of(demand), TEN);
  }

  private static Proposal proposal(PolicyDecision decision, Source source) {
    return decision.explanation().proposals().stream()
        .filter(proposal -> proposal.source() == source)
        .findFirst()
        .orElseThrow();
  }
}
