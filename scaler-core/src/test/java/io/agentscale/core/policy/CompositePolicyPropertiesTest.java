// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Explanation.Limit;
import io.agentscale.core.policy.PolicyWalk.Step;
import io.agentscale.core.schedule.ScheduledBounds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The promises of the policy hold whatever is configured and whatever happens. */
final class CompositePolicyPropertiesTest {
  private static final List<Step> STEPS = PolicyWalk.steps(42);

  @Test
  void neverBelowLive_unlessALimitSaysSo() {
    int checked = 0;
    for (Step step : STEPS) {
      PolicyDecision decision = step.decide();
      Optional<Quantity> live = liveThatCounts(step);
      if (live.isPresent() && decision.explanation().clamps().isEmpty()) {
        Quantity carried =
            Capacity.ofReplicas(decision.replicas(), step.settings().perReplica()).demand();
        assertThat(carried).as("%s", decision.explanation()).isGreaterThanOrEqualTo(live.get());
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(2_000);
  }

  @Test
  void limits_areTheOnlyWayDown_andExplainTheirFigures() {
    for (Step step : STEPS) {
      Explanation explanation = step.decide().explanation();
      int count =
          explanation.proposals().stream()
              .flatMap(proposal -> proposal.ask().stream())
              .mapToInt(Capacity::replicas)
              .max()
              .orElseThrow();
      for (Explanation.Clamp clamp : explanation.clamps()) {
        assertThat(clamp.before()).isEqualTo(count);
        assertThat(clamp.after()).isNotEqualTo(count);
        assertThat(clamp.because()).isNotEmpty();
        count = clamp.after();
      }
      assertThat(explanation.replicas()).as("%s", explanation).isEqualTo(count);
    }
  }

  @Test
  void moreDemand_neverMeansFewerReplicas() {
    for (Step step : STEPS) {
      if (step.observation().live() instanceof LiveDemand.Known known) {
        Quantity more = Quantity.ofMilli(known.demand().milli() * 5 / 4 + 1);
        Step busier = step.withLive(new LiveDemand.Known(more, known.at(), known.source()));
        assertThat(busier.decide().replicas()).isGreaterThanOrEqualTo(step.decide().replicas());
      }
    }
  }

  @Test
  void outcomeWithoutWords_isTheDecision() {
    for (Step step : STEPS) {
      PolicyDecision decision = step.decide();
      assertThat(
              new CompositePolicy(step.settings())
                  .outcome(step.state(), step.observation(), step.now()))
          .isEqualTo(
              new PolicyOutcome(
                  decision.replicas(),
                  decision.served(),
                  decision.state(),
                  decision.explanation().schedules()));
    }
  }

  @Test
  void boundsHold() {
    for (Step step : STEPS) {
      int replicas = step.decide().replicas();
      ReplicaBounds bounds = step.settings().bounds();
      ScheduledBounds scheduled = step.settings().schedules().at(step.now());
      int least = Math.min(bounds.min(), scheduled.ceiling());
      int most = Math.min(bounds.max(), scheduled.ceiling());
      assertThat(replicas).as("%s", step.decide().explanation()).isBetween(least, most);
      if (scheduled.exact()) {
        assertThat(replicas).isEqualTo(scheduled.floor());
      }
    }
  }

  @Test
  void anotherUnit_decidesTheSame() {
    List<Step> scaled = PolicyWalk.steps(42, 1000);
    for (int i = 0; i < STEPS.size(); i++) {
      PolicyDecision one = STEPS.get(i).decide();
      PolicyDecision other = scaled.get(i).decide();
      assertThat(other.replicas()).as("%s", one.explanation()).isEqualTo(one.replicas());
      assertThat(other.explanation().winner()).isEqualTo(one.explanation().winner());
      assertThat(other.explanation().deadBand().isPresent())
          .isEqualTo(one.explanation().deadBand().isPresent());
    }
  }

  @Test
  void stateTakenApartAndRebuilt_decidesTheSame() {
    for (Step step : STEPS) {
      Step restarted =
          new Step(step.settings(), Rebuilt.of(step.state()), step.observation(), step.now());
      assertThat(restarted.state()).isEqualTo(step.state());
      assertThat(restarted.decide()).isEqualTo(step.decide());
    }
  }

  @Test
  void unknownDemand_neverLowers_unlessALimitSaysSo() {
    int checked = 0;
    for (Step step : STEPS) {
      for (PolicyState state : List.of(step.state(), PolicyState.INITIAL)) {
        Step blind =
            new Step(step.settings(), state, step.observation(), step.now())
                .withLive(PolicyFixture.unknown());
        PolicyDecision decision = blind.decide();
        if (decision.explanation().clamps().isEmpty()) {
          assertThat(decision.replicas()).isGreaterThanOrEqualTo(blind.observation().replicas());
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(2_000);
  }

  @Test
  void forecastThatMayNotAct_leavesTheReactiveResultExactly() {
    for (Step step : STEPS) {
      PolicyDecision reactive = step.withoutForecast().decide();
      PolicyObservation seen = step.observation();
      Accuracy unmeasured =
          new Accuracy(3, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), List.of());
      Foresight immature =
          PolicyFixture.foresight(seen.foresight().orElseThrow().forecast().forecast(), unmeasured);
      for (Optional<Foresight> foresight :
          List.of(Optional.<Foresight>empty(), Optional.of(immature))) {
        PolicyDecision decision =
            new Step(
                    step.settings().withForecast(ForecastUse.DEFAULT),
                    step.state(),
                    new PolicyObservation(
                        seen.replicas(),
                        seen.readyReplicas(),
                        seen.live(),
                        foresight,
                        seen.tokenUse()),
                    step.now())
                .decide();
        assertThat(decision.replicas()).isEqualTo(reactive.replicas());
        assertThat(decision.served()).isEqualTo(reactive.served());
        assertThat(decision.state()).isEqualTo(reactive.state());
      }
    }
  }

  @Test
  void forecast_onlyAdds() {
    int added = 0;
    for (Step step : STEPS) {
      int with = step.decide().replicas();
      int without = step.withoutForecast().decide().replicas();
      assertThat(with).isGreaterThanOrEqualTo(without);
      added += with > without ? 1 : 0;
    }
    assertThat(added).isGreaterThan(500);
  }

  /** The very count an autoscaler targeting {@code perReplica} computes from the served demand. */
  @Test
  void servedDemand_asksForTheDecidedReplicas_whileLiveDemandIsKnown() {
    for (Step step : STEPS) {
      PolicyDecision decision = step.decide();
      if (liveThatCounts(step).isPresent()
          && decision.served() instanceof ServedDemand.Known(Quantity demand, _)) {
        assertThat(Capacity.forDemand(demand, step.settings().perReplica()).replicas())
            .as("%s", decision.explanation())
            .isEqualTo(decision.replicas());
      }
    }
  }

  @Test
  void walk_meetsEveryLimit_andIsLongEnough() {
    assertThat(STEPS).hasSizeGreaterThanOrEqualTo(10_000);
    assertThat(STEPS.stream().flatMap(s -> s.decide().explanation().clamps().stream()))
        .extracting(Explanation.Clamp::limit)
        .contains(Limit.values());
    assertThat(STEPS.stream().map(s -> s.decide().explanation().winner()))
        .contains(Explanation.Source.values());
  }

  /** Returns the live demand where it is neither too old nor overtaken by a newer one. */
  private static Optional<Quantity> liveThatCounts(Step step) {
    if (!(step.observation().live() instanceof LiveDemand.Known known)
        || known.at().plus(step.settings().hold()).isBefore(step.now())) {
      return Optional.empty();
    }
    boolean overtaken =
        step.state().lastKnown().filter(last -> last.at().isAfter(known.at())).isPresent();
    return overtaken ? Optional.empty() : Optional.of(known.demand());
  }
}
