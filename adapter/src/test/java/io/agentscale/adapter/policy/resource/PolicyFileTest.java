// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.ForecastPlan;
import io.agentscale.adapter.policy.Lead;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.Headroom;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.QueueStep;
import io.agentscale.core.policy.Quota;
import io.agentscale.core.policy.ReplicaBounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy misread is a workload scaled by something its author did not write. */
final class PolicyFileTest {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples", "policies");

  private static List<PolicyDefinition> parse(String text) {
    return PolicyFile.parse("policy.yaml", Path.of("."), text, Map.of());
  }

  private static String policy(String spec) {
    return """
    apiVersion: agentscale.io/v1alpha1
    kind: ScalingPolicy
    metadata: {name: coder, namespace: agent-prod}
    spec:
    """
        + spec.indent(2);
  }

  static final String LEAST =
      """
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: coder}
      maxReplicas: 40
      demand: {preset: agent-concurrency, perReplica: 12}
      """;

  /** Every field there is, with the other fields of each choice in {@link #WHOLE_AGAIN}. */
  static final String WHOLE =
      """
      scaleTargetRef: {apiVersion: serving.io/v1, kind: Agent, name: other}
      mode: Preview
      minReplicas: 0
      maxReplicas: 8
      demand: {query: sum(queue), backend: thanos, perReplica: "0.5"}
      schedules:
      - {name: day, timeZone: Asia/Shanghai, start: 0 9 * * *, duration: 9h, replicas: {floor: 3, ceiling: 6}, ramp: 10m, exclude: [2026-10-01]}
      - {name: launch, timeZone: UTC, at: 2026-11-27T09:00, duration: 1h, demand: 2k}
      headroom: 10%
      forecast: {history: 7d, lead: 4m, quantile: 0.95, minSkill: 0.1}
      scaleIn: {protectBusyPods: true, longRun: 90s}
      quota: {tokensPerMinute: 2M, tokensPerMinutePerReplica: 100k}
      hold: 0s
      tolerance: 0.05
      activation: {threshold: 3, idleFor: 10m}
      queueStep: {upAbove: 20, downBelow: 4, cooldown: 3m}
      actuation: Scale
      """;

  static final String WHOLE_AGAIN =
      LEAST
          + """
          schedules:
          - {name: a, timeZone: UTC, start: 0 9 * * *, end: 0 12 * * *, replicas: {exact: 3}}
          """;

  @Test
  void theLeastPolicy_hasEveryDefault() {
    PolicyDefinition policy = parse(policy(LEAST)).getFirst();
    assertThat(policy.key()).isEqualTo(new PolicyKey("agent-prod", "coder"));
    assertThat(policy.uid()).isEmpty();
    assertThat(policy.generation()).isZero();
    assertThat(policy.target()).isEqualTo(new TargetRef("apps/v1", "Deployment", "coder"));
    assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
    assertThat(policy.demand()).isEqualTo(new DemandSource.OfPreset("agent-concurrency"));
    assertThat(policy.forecast()).isEmpty();
    assertThat(policy.activation()).isEmpty();
    assertThat(policy.scaleIn()).isEqualTo(ScaleIn.UNPROTECTED);
    assertThat(policy.actuation()).isEqualTo(new Actuation.Metric());
    PolicySettings settings = policy.settings();
    assertThat(settings.perReplica()).isEqualTo(Quantity.of(12));
    assertThat(settings.schedules().baseline().minReplicas()).isEqualTo(1);
    assertThat(settings.schedules().baseline().maxReplicas()).isEqualTo(40);
    assertThat(settings.headroom()).isEqualTo(Headroom.NONE);
    assertThat(settings.forecast()).isEmpty();
    assertThat(settings.quota()).isEmpty();
    assertThat(settings.hold()).isEqualTo(PolicySettings.DEFAULT_HOLD);
    assertThat(settings.tolerance()).isEqualTo(PolicySettings.DEFAULT_TOLERANCE);
  }

  @Test
  void emptySections_haveTheirDefaults() {
    PolicyDefinition policy =
        parse(policy(LEAST + "minReplicas: 0\nforecast: {}\nscaleIn: {}\nactuation: Scale\n"))
            .getFirst();
    assertThat(policy.forecast())
        .contains(new ForecastPlan(Duration.ofDays(14), new Lead.Auto(), ForecastUse.DEFAULT));
    assertThat(policy.scaleIn()).isEqualTo(ScaleIn.UNPROTECTED);
    assertThat(policy.activation()).contains(new Activation(Quantity.ZERO, Duration.ofMinutes(5)));
    assertThat(policy.actuation())
        .isEqualTo(
            new Actuation.OwnScale(
                new QueueStep(10, 2, new ReplicaBounds(0, 40), Duration.ofMinutes(2))));
  }

  @Test
  void everyField_isRead() {
    PolicyDefinition policy = parse(policy(WHOLE)).getFirst();
    assertThat(policy.target()).isEqualTo(new TargetRef("serving.io/v1", "Agent", "other"));
    assertThat(policy.mode()).isEqualTo(Mode.PREVIEW);
    assertThat(policy.demand())
        .isEqualTo(new DemandSource.OfQuery("sum(queue)", Optional.of("thanos")));
    assertThat(policy.forecast())
        .contains(
            new ForecastPlan(
                Duration.ofDays(7),
                new Lead.Fixed(Duration.ofMinutes(4)),
                new ForecastUse(0.95, new SkillGate(0.1))));
    assertThat(policy.activation())
        .contains(new Activation(Quantity.of(3), Duration.ofMinutes(10)));
    assertThat(policy.scaleIn()).isEqualTo(new ScaleIn(true, Duration.ofSeconds(90)));
    assertThat(policy.actuation())
        .isEqualTo(
            new Actuation.OwnScale(
                new QueueStep(20, 4, new ReplicaBounds(0, 8), Duration.ofMinutes(3))));
    PolicySettings settings = policy.settings();
    assertThat(settings.perReplica()).isEqualTo(Quantity.ofMilli(500));
    assertThat(settings.schedules().schedules())
        .extracting("name")
        .containsExactly("day", "launch");
    assertThat(settings.schedules().at(Instant.parse("2026-10-02T04:00:00Z")).floor()).isEqualTo(3);
    assertThat(settings.schedules().at(Instant.parse("2026-10-01T04:00:00Z")).floor()).isZero();
    assertThat(settings.headroom()).isEqualTo(new Headroom.Percent(10));
    assertThat(settings.forecast()).contains(new ForecastUse(0.95, new SkillGate(0.1)));
    assertThat(settings.quota())
        .contains(new Quota(Quantity.of(2_000_000), Optional.of(Quantity.of(100_000))));
    assertThat(settings.hold()).isZero();
    assertThat(settings.tolerance()).isEqualTo(0.05);
  }

  record Bad(String name, String changed, String problem) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Bad> badSpecs() {
    return BadSpecs.ALL.stream().map(b -> new Bad(b.name(), b.yaml(), b.problem()));
  }

  @ParameterizedTest
  @MethodSource("badSpecs")
  void badSpec_isRefusedByFieldAndLine(Bad bad) {
    InvalidYamlException refused =
        catchThrowableOfType(InvalidYamlException.class, () -> parse(policy(bad.changed())));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.problems())
        .extracting(problem -> problem.field() + ": " + problem.message())
        .containsExactly(bad.problem());
    assertThat(refused.getMessage()).matches("policy.yaml:\\d+:\\d+: spec.*");
  }

  @Test
  void allProblems_areFoundAtOnce_eachWhereItIs() {
    InvalidYamlException refused =
        catchThrowableOfType(
            InvalidYamlException.class,
            () ->
                parse(
                    """
                    apiVersion: agentscale.io/v1alpha1
                    kind: ScalingPolicy
                    metadata: {name: one}
                    spec:
                      scaleTargetRef: {kind: Deployment, name: coder}
                      minReplicas: 5
                      maxReplicas: 3
                      demand: {preset: agent-concurency, perReplica: 0}
                      schedules:
                      - {name: day, timeZone: Mars/Olympus, start: 0 25 * * *, duration: 9h, replicas: {floor: 3}}
                      - {name: night, timezone: UTC, start: 0 22 * * *, duration: 9h, replicas: {flor: 3}}
                      hold: soon
                    ---
                    apiVersion: agentscale.io/v1alpha1
                    kind: ScalingPolicy
                    metadata: {name: two}
                    spec: {}
                    """));
    assertThat(String.valueOf(refused.getMessage()).lines())
        .containsExactly(
            "policy.yaml:5:19: spec.scaleTargetRef.apiVersion: is required",
            "policy.yaml:7:16: spec.maxReplicas: must be at least minReplicas (5), was: 3",
            "policy.yaml:8:20: spec.demand.preset: must be one of agent-concurrency,"
                + " agent-tokens-per-minute, agent-queue-depth, was: agent-concurency",
            "policy.yaml:8:50: spec.demand.perReplica: must be a quantity above 0 such as 12, 0.5"
                + " or 2M, was: 0",
            "policy.yaml:10:27: spec.schedules[0].timeZone: must be an IANA time zone such as"
                + " Europe/Berlin, was: Mars/Olympus",
            "policy.yaml:10:48: spec.schedules[0].start: must be a five-field cron expression"
                + " (minute hour day-of-month month day-of-week), was: 0 25 * * * (Value 25 not in"
                + " range [0, 23])",
            "policy.yaml:11:5: spec.schedules[1].timeZone: is required",
            "policy.yaml:11:19: spec.schedules[1].timezone: unknown key, did you mean timeZone?",
            "policy.yaml:11:78: spec.schedules[1].replicas.flor: unknown key, did you mean floor?",
            "policy.yaml:12:9: spec.hold: must be a length of time such as 9h, 1h30m or 14d, was:"
                + " soon",
            "policy.yaml:17:7: spec.scaleTargetRef: is required",
            "policy.yaml:17:7: spec.demand: is required",
            "policy.yaml:17:7: spec.maxReplicas: is required");
  }

  @Test
  void calendarsOfTheFile_areThoseOfTheirNamespace() {
    String calendar =
        """
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: holidays, namespace: %s, labels: {agentscale.io/calendar: "true"}}
        data:
          calendar.ics: |
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//example//calendar//EN
            BEGIN:VEVENT
            UID:1
            DTSTAMP:20260101T000000Z
            DTSTART;VALUE=DATE:20261001
            DTEND;VALUE=DATE:20261008
            END:VEVENT
            END:VCALENDAR
        """;
    String closed =
        policy(
            LEAST
                + """
                schedules:
                - {name: day, timeZone: Asia/Shanghai, start: 0 9 * * *, duration: 9h, replicas: {floor: 9}, exclude: ["calendar:holidays"]}
                """);
    var plan = parse(closed + calendar.formatted("agent-prod")).getFirst().settings().schedules();
    assertThat(plan.at(Instant.parse("2026-10-01T04:00:00Z")).floor()).isEqualTo(1);
    assertThat(plan.at(Instant.parse("2026-10-08T04:00:00Z")).floor()).isEqualTo(9);

    InvalidYamlException refused =
        catchThrowableOfType(
            InvalidYamlException.class, () -> parse(closed + calendar.formatted("elsewhere")));
    assertThat(refused)
        .hasMessageEndingWith(
            "spec.schedules[0].exclude[0]: must name a ConfigMap of namespace agent-prod with the"
                + " label agentscale.io/calendar (there is none), was: holidays");
    assertThat(
            PolicyFile.parse(
                "policy.yaml",
                Path.of("."),
                closed,
                Map.of("holidays", (date, _) -> date.equals(LocalDate.of(2026, 10, 9)))))
        .hasSize(1);
  }

  @Test
  void sameNameTwice_isRefused() {
    InvalidYamlException refused =
        catchThrowableOfType(
            InvalidYamlException.class, () -> parse(policy(LEAST) + "---\n" + policy(LEAST)));
    assertThat(refused)
        .hasMessage(
            "policy.yaml:11:18: metadata.name: must be used once in a namespace, was:"
                + " agent-prod/coder, as in line 1");
  }

  @Test
  void objectsOfOtherKinds_arePassedOver() {
    assertThat(parse("kind: Deployment\nspec: {a: b}\n---\n" + policy(LEAST) + "---\n")).hasSize(1);
  }

  @Test
  void examples_areValid() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<Path> yaml = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(yaml).isNotEmpty();
      for (Path file : yaml) {
        assertThat(PolicyFile.read(file)).as("%s", file).isNotEmpty();
      }
    }
  }
}
