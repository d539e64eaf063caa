// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A load that stands still, or differs from run to run, shows nothing of how scaling behaves. */
final class SyntheticLoadTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final int PLACES = 8;

  private final List<AgentMetrics> agents = Stream.generate(AgentMetrics::new).limit(3).toList();

  @Test
  void tick_sameSeed_givesTheSameHistoryHoweverOftenItIsTicked() {
    List<AgentMetrics> others = Stream.generate(AgentMetrics::new).limit(3).toList();
    run(load(agents, 7), Duration.ofMinutes(5), Duration.ofMillis(200));
    run(load(others, 7), Duration.ofMinutes(5), Duration.ofSeconds(3));

    assertThat(text(agents)).isEqualTo(text(others));
  }

  @Test
  void tick_otherSeed_givesAnotherHistory() {
    List<AgentMetrics> others = Stream.generate(AgentMetrics::new).limit(3).toList();
    run(load(agents, 7), Duration.ofMinutes(2), Duration.ofSeconds(1));
    run(load(others, 8), Duration.ofMinutes(2), Duration.ofSeconds(1));

    assertThat(text(agents)).isNotEqualTo(text(others));
  }

  @Test
  void tick_backwards_changesNothing() {
    SyntheticLoad load = load(agents, 7);
    load.tick(START.plusSeconds(60));
    List<String> before = text(agents);

    load.tick(START);

    assertThat(text(agents)).isEqualTo(before);
  }

  @Test
  void day_movesFromQueuesAtNoonToFreePlacesAtNight() {
    SyntheticLoad load = load(agents, 1);
    load.tick(START.plusSeconds(70));
    double noon = inFlight();
    double queuedAtNoon = queued();
    load.tick(START.plusSeconds(190));

    assertThat(queuedAtNoon).isPositive();
    assertThat(inFlight()).isLessThan(noon / 2);
  }

  @Test
  void runsInFlight_areTheRunningOnesUpToThePlacesAndTheQueue() {
    SyntheticLoad load = load(agents, 1);
    for (int second = 0; second < 480; second++) {
      load.tick(START.plusSeconds(second));
      for (AgentMetrics agent : agents) {
        double running = value(agent, "agent_runs_in_flight") - value(agent, "agent_queue_depth");
        assertThat(running).isBetween(0.0, (double) PLACES);
        if (value(agent, "agent_queue_depth") > 0) {
          assertThat(running).isEqualTo(PLACES);
        }
      }
    }
  }

  @Test
  void arrivals_overWholeDays_comeNearTheShapesMean() {
    var flat =
        new LoadShape(
            2, 0.5, Duration.ofMinutes(4), 1, Duration.ofSeconds(8), Duration.ofSeconds(40));
    new SyntheticLoad(agents, 1000, flat, 3, START).tick(START.plus(Duration.ofHours(2)));

    double runs =
        agents.stream().mapToDouble(agent -> value(agent, "agent_run_duration_seconds_count")).sum()
            + inFlight();
    // 14 400 expected; three standard deviations of a Poisson count are 360.
    assertThat(runs).isBetween(14_040.0, 14_760.0);
  }

  @Test
  void counters_tellTokensOfBothTypesAndSomeErrors() {
    load(agents, 1).tick(START.plus(Duration.ofMinutes(20)));

    assertThat(agents)
        .allSatisfy(
            agent -> {
              double prompt = tokens(agent, "prompt");
              assertThat(prompt).isGreaterThan(tokens(agent, "completion")).isGreaterThan(100_000);
              assertThat(value(agent, "agent_errors_total"))
                  .isBetween(1.0, value(agent, "agent_run_duration_seconds_count") / 10);
            });
  }

  @Test
  void shape_contradictory_isRefusedNamingTheValue() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new LoadShape(1, 1.5, second, 1, second, second))
        .hasMessage("swing: must be in [0, 1], was: 1.5");
    assertThatThrownBy(() -> new LoadShape(0, 0, second, 1, second, second))
        .hasMessage("meanRunsPerSecond: must be positive, was: 0.0");
  }

  private static SyntheticLoad load(List<AgentMetrics> agents, long seed) {
    return new SyntheticLoad(agents, PLACES, LoadShape.COMPRESSED_DAY, seed, START);
  }

  private static void run(SyntheticLoad load, Duration time, Duration step) {
    for (Duration t = Duration.ZERO; t.compareTo(time) < 0; t = t.plus(step)) {
      load.tick(START.plus(t));
    }
    load.tick(START.plus(time));
  }

  private double inFlight() {
    return agents.stream().mapToDouble(agent -> value(agent, "agent_runs_in_flight")).sum();
  }

  private double queued() {
    return agents.stream().mapToDouble(agent -> value(agent, "agent_queue_depth")).sum();
  }

  private static double value(AgentMetrics agent, String name) {
    return agent.registry().getSampleValue(name);
  }

  private static double tokens(AgentMetrics agent, String type) {
    return agent
        .registry()
        .getSampleValue("agent_tokens_total", new String[] {"type"}, new String[] {type});
  }

  /** Returns all samples but those of the wall clock. */
  private static List<String> text(List<AgentMetrics> agents) {
    return agents.stream().flatMap(SyntheticLoadTest::samples).toList();
  }

  private static Stream<String> samples(AgentMetrics agent) {
    return Collections.list(agent.registry().metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> !sample.name.endsWith("_created"))
        .map(Object::toString)
        .sorted();
  }
}
