// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fleet that starts agents at once, or drops runs, shows scaling better than it is. */
final class AgentFleetTest {
  private static final int PLACES = 8;
  private static final Instant NIGHT = Instant.parse("2026-03-02T03:00:00Z");
  private static final Instant NOON_RUSH = Instant.parse("2026-03-02T10:00:00Z");

  /** Remembers who came and went. */
  private static final class Hosted implements AgentFleet.Host {
    private final Map<String, AgentMetrics> metrics = new LinkedHashMap<>();
    private final List<String> ended = new ArrayList<>();

    @Override
    public AgentMetrics created(String name) {
      AgentMetrics created = new AgentMetrics();
      metrics.put(name, created);
      return created;
    }

    @Override
    public void ended(String name) {
      ended.add(name);
    }
  }

  private final Hosted host = new Hosted();

  @Test
  void tick_sameSeed_givesTheSameHistoryHoweverOftenItIsTicked() {
    Hosted other = new Hosted();
    AgentFleet often = fleet(host, 3, 7, NOON_RUSH);
    AgentFleet seldom = fleet(other, 3, 7, NOON_RUSH);
    Instant end = NOON_RUSH.plus(Duration.ofHours(1));
    for (Instant at = NOON_RUSH; at.isBefore(end); at = at.plusSeconds(7)) {
      often.tick(at);
    }
    often.tick(end);
    seldom.tick(end);

    assertThat(often.state()).isEqualTo(seldom.state());
    assertThat(text(host)).isEqualTo(text(other));
  }

  @Test
  void tick_otherSeed_givesAnotherHistory() {
    Hosted other = new Hosted();
    fleet(host, 3, 7, NOON_RUSH).tick(NOON_RUSH.plusSeconds(600));
    fleet(other, 3, 8, NOON_RUSH).tick(NOON_RUSH.plusSeconds(600));

    assertThat(text(host)).isNotEqualTo(text(other));
  }

  @Test
  void tick_backwards_changesNothing() {
    AgentFleet fleet = fleet(host, 3, 7, NOON_RUSH);
    fleet.tick(NOON_RUSH.plusSeconds(60));
    AgentFleet.State before = fleet.state();

    fleet.tick(NOON_RUSH);

    assertThat(fleet.state()).isEqualTo(before);
  }

  @Test
  void scaleUp_createsAtOnce_andIsReadyMinutesLater() {
    AgentFleet fleet = fleet(host, 3, 1, NIGHT);
    fleet.scaleTo(8, NIGHT);

    assertThat(fleet.state().starting()).isEqualTo(5);
    assertThat(fleet.state().ready()).isEqualTo(3);
    assertThat(fleet.lead()).isEmpty();

    fleet.tick(NIGHT.plus(Duration.ofMinutes(4)));
    assertThat(fleet.state().ready()).isEqualTo(3);

    fleet.tick(NIGHT.plus(Duration.ofMinutes(40)));
    assertThat(fleet.state().starting()).isZero();
    assertThat(fleet.state().ready()).isEqualTo(8);
    assertThat(fleet.lead())
        .hasValueSatisfying(
            lead -> {
              assertThat(lead.starts()).isEqualTo(5);
              assertThat(lead.p90()).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(25));
            });
  }

  @Test
  void scaleDown_takesWhoIsNotReadyFirst_andLetsOthersFinishTheirRuns() {
    AgentFleet fleet = fleet(host, 3, 1, NOON_RUSH);
    Instant busy = NOON_RUSH.plus(Duration.ofMinutes(10));
    fleet.scaleTo(4, busy);
    fleet.scaleTo(2, busy);

    assertThat(host.ended).containsExactly("coder-3");
    AgentFleet.State draining = fleet.state();
    assertThat(draining.draining()).isEqualTo(1);
    assertThat(draining.replicas()).isEqualTo(2);
    assertThat(draining.pods()).containsExactly("coder-0", "coder-1", "coder-2");
    double running = value(host, "coder-2", "agent_runs_in_flight");
    assertThat(running).isEqualTo(PLACES);
    double endedBefore = value(host, "coder-2", "agent_run_duration_seconds_count");

    fleet.tick(busy.plus(Duration.ofHours(1)));

    assertThat(host.ended).containsExactly("coder-3", "coder-2");
    assertThat(value(host, "coder-2", "agent_run_duration_seconds_count"))
        .isEqualTo(endedBefore + running);
  }

  @Test
  void runs_areNeverLost_andNoAgentHasMoreThanItsPlaces() {
    AgentFleet fleet = fleet(host, 3, 5, NOON_RUSH);
    for (int minute = 0; minute < 240; minute++) {
      Instant at = NOON_RUSH.plus(Duration.ofMinutes(minute));
      fleet.scaleTo(3 + minute * 7 % 13, at);
      AgentFleet.State state = fleet.state();
      double ended =
          host.metrics.keySet().stream()
              .mapToDouble(name -> value(host, name, "agent_run_duration_seconds_count"))
              .sum();
      assertThat(ended + state.running() + state.waiting()).isEqualTo((double) state.runs());
      for (String pod : state.pods()) {
        assertThat(value(host, pod, "agent_runs_in_flight") - value(host, pod, "agent_queue_depth"))
            .isBetween(0.0, (double) PLACES);
      }
      double queued =
          state.pods().stream().mapToDouble(pod -> value(host, pod, "agent_queue_depth")).sum();
      assertThat(queued).isEqualTo(state.waiting());
    }
  }

  @Test
  void late_isWhoWaits_andNobodyWhereThereIsRoom() {
    AgentFleet narrow = fleet(host, 3, 1, NOON_RUSH);
    AgentFleet wide = fleet(new Hosted(), 24, 1, NOON_RUSH);
    narrow.tick(NOON_RUSH.plus(Duration.ofMinutes(30)));
    wide.tick(NOON_RUSH.plus(Duration.ofMinutes(30)));

    assertThat(narrow.state().runs()).isEqualTo(wide.state().runs()).isPositive();
    assertThat(wide.state().late()).isZero();
    assertThat(narrow.state().late()).isGreaterThan(narrow.state().runs() / 2);
  }

  @Test
  void agentTime_countsAgentsFromCreatedToEnded() {
    AgentFleet fleet = fleet(host, 3, 1, NIGHT);
    fleet.tick(NIGHT.plus(Duration.ofHours(2)));
    fleet.scaleTo(5, NIGHT.plus(Duration.ofHours(2)));
    fleet.tick(NIGHT.plus(Duration.ofHours(3)));

    assertThat(fleet.state().agentTime()).isEqualTo(Duration.ofHours(11));
  }

  @Test
  void arrivals_comeNearTheDaysShape() {
    WorkDay shape = new WorkDay(3, NIGHT);
    new AgentFleet(host, 1, 1000, shape, 3, NIGHT).tick(NIGHT.plus(Duration.ofDays(1)));
    double expected = 0;
    for (int minute = 0; minute < Duration.ofDays(1).toMinutes(); minute++) {
      expected += 60 * shape.runsPerSecond(NIGHT.plus(Duration.ofMinutes(minute)));
    }

    // Four standard deviations of a Poisson count.
    double arrived =
        value(host, "coder-0", "agent_run_duration_seconds_count")
            + value(host, "coder-0", "agent_runs_in_flight");
    assertThat(arrived).isCloseTo(expected, within(4 * Math.sqrt(expected)));
  }

  private static AgentFleet fleet(Hosted host, int ready, long seed, Instant start) {
    return new AgentFleet(host, ready, PLACES, new WorkDay(seed, start), seed, start);
  }

  private static double value(Hosted host, String pod, String name) {
    return requireNonNull(host.metrics.get(pod)).registry().getSampleValue(name);
  }

  /** Returns all samples but those of the wall clock. */
  private static List<String> text(Hosted host) {
    return host.metrics.values().stream().flatMap(AgentFleetTest::samples).toList();
  }

  private static Stream<String> samples(AgentMetrics agent) {
    return Collections.list(agent.registry().metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> !sample.name.endsWith("_created"))
        .map(Object::toString)
        .sorted();
  }
}
