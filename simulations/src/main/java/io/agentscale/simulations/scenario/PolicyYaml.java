// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.hpa.HpaFile;
import io.agentscale.adapter.hpa.InvalidInputException;
import io.agentscale.adapter.hpa.ScaledObject;
import io.agentscale.adapter.hpa.ScaledObjectFile;
import io.agentscale.adapter.keda.Trigger.OfPolicy;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.resource.PolicyFile;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.schedule.HolidayCalendar;
import io.agentscale.simulations.replay.autoscale.Signal;
import io.agentscale.simulations.replay.autoscale.Signals;
import io.agentscale.simulations.scenario.ScenarioPolicy.Rule;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads one of the {@code policies} of a scenario: the manifests one would apply, from a file or as
 * a block of text, or a fixed count.
 */
public final class PolicyYaml {
  private static final int MOST_REPLICAS = 1_000_000;
  private static final Duration USUAL_STEP = Duration.ofMinutes(1);

  private final String scenarioFile;
  private final Path directory;

  PolicyYaml(String scenarioFile, Path directory) {
    this.scenarioFile = scenarioFile;
    this.directory = directory;
  }

  /** The objects of a text that matter here. */
  private record Manifests(
      List<PolicyDefinition> policies, List<HpaSpec> hpas, List<ScaledObject> scaledObjects) {}

  ScenarioPolicy read(YamlMapping keys) {
    Optional<String> name = keys.required("name", YamlValue::nonEmpty);
    Dialect dialect =
        keys.optional("dialect", value -> dialect(value.string())).orElse(Dialect.V1_28);
    Optional<Manifests> file = keys.optional("file", value -> ofFile(value.path(), dialect));
    Optional<Manifests> inline = keys.optional("manifests", value -> inline(value, dialect));
    Optional<Integer> fixed = keys.optional("replicas", value -> value.integer(0, MOST_REPLICAS));
    Map<String, Signal> signals = keys.map("metrics", value -> Signal.of(value.string()));
    Optional<Signal> demand = keys.optional("demand", value -> Signal.of(value.string()));
    Optional<Duration> step = keys.optional("forecastStep", YamlValue::duration);
    if (Stream.of("file", "manifests", "replicas").filter(keys::has).count() != 1) {
      throw new IllegalArgumentException("must have one of the keys file, manifests and replicas");
    }
    Rule rule =
        fixed
            .<Rule>map(Rule.Fixed::new)
            .or(() -> file.or(() -> inline).map(PolicyYaml::rule))
            .orElseThrow();
    return new ScenarioPolicy(
        name.orElseThrow(),
        rule,
        HpaSettings.DEFAULT.withDialect(dialect),
        Signals.DEFAULT.with(signals),
        demand,
        step.orElse(USUAL_STEP));
  }

  /**
   * Reads what is to be applied to a cluster from a file.
   *
   * @param calendars by the names schedules may use beside the file's own
   * @throws IllegalArgumentException for what is not replayed
   * @throws InvalidYamlException for what the API server or this project refuses of a policy
   * @throws InvalidInputException for what the API server refuses of an autoscaler
   * @throws IOException if it cannot be read
   */
  public static Rule read(Path file, Map<String, ? extends HolidayCalendar> calendars)
      throws IOException {
    return rule(
        manifests(
            file.toString(),
            YamlDocument.directory(file),
            YamlDocument.text(file),
            Dialect.V1_28,
            calendars));
  }

  private static Dialect dialect(String text) {
    return switch (text) {
      case "v1.28" -> Dialect.V1_28;
      case "v1.35" -> Dialect.V1_35;
      default -> throw new IllegalArgumentException("must be v1.28 or v1.35, was: " + text);
    };
  }

  private static Manifests ofFile(Path path, Dialect dialect) {
    try {
      return parsed(
          path.toString(), YamlDocument.directory(path), YamlDocument.text(path), dialect);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("must be a file, but there is none: " + path, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
    }
  }

  /** Empty lines before the text give its problems the line numbers of the scenario. */
  private Manifests inline(YamlValue value, Dialect dialect) {
    String text = "\n".repeat(value.location().line()) + value.nonEmpty();
    return parsed(scenarioFile, directory, text, dialect);
  }

  private static Manifests parsed(String file, Path directory, String text, Dialect dialect) {
    try {
      return manifests(file, directory, text, dialect, Map.of());
    } catch (InvalidYamlException | InvalidInputException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Manifests manifests(
      String file,
      Path directory,
      String text,
      Dialect dialect,
      Map<String, ? extends HolidayCalendar> calendars) {
    List<PolicyDefinition> policies = PolicyFile.parse(file, directory, text, calendars);
    return new Manifests(
        policies,
        HpaFile.parse(file, text, dialect),
        ScaledObjectFile.parse(file, text, dialect, policies));
  }

  private static Rule rule(Manifests manifests) {
    requireAtMostOne("ScalingPolicy", manifests.policies());
    requireAtMostOne("HorizontalPodAutoscaler", manifests.hpas());
    requireAtMostOne("ScaledObject", manifests.scaledObjects());
    if (!manifests.scaledObjects().isEmpty()) {
      return scaled(manifests);
    }
    Optional<HpaSpec> hpa = manifests.hpas().stream().findFirst();
    if (manifests.policies().isEmpty()) {
      return hpa.<Rule>map(Rule.Autoscaled::new)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "must hold a ScalingPolicy, a HorizontalPodAutoscaler or a ScaledObject,"
                          + " holds none"));
    }
    PolicyDefinition policy = manifests.policies().getFirst();
    if (hpa.isPresent() && !follows(hpa.get())) {
      throw new IllegalArgumentException(
          "the HorizontalPodAutoscaler beside a ScalingPolicy must have the external metric "
              + Signals.SERVED_METRIC);
    }
    return new Rule.Policy(policy, hpa);
  }

  private static void requireAtMostOne(String kind, List<?> objects) {
    if (objects.size() > 1) {
      throw new IllegalArgumentException(
          "must hold at most one %s, holds %d".formatted(kind, objects.size()));
    }
  }

  private static Rule scaled(Manifests manifests) {
    ScaledObject object = manifests.scaledObjects().getFirst();
    if (!manifests.hpas().isEmpty()) {
      throw new IllegalArgumentException(
          "must hold a HorizontalPodAutoscaler or a ScaledObject, since KEDA makes one of it, holds"
              + " both");
    }
    Optional<PolicyDefinition> policy = manifests.policies().stream().findFirst();
    boolean asks =
        object.triggers().stream()
            .anyMatch(
                trigger -> trigger.source() instanceof ScaledObject.Source.Ours(OfPolicy _, _));
    if (policy.isPresent() && !asks) {
      throw new IllegalArgumentException(
          "the ScaledObject beside a ScalingPolicy must have a trigger with metadata.policy: "
              + policy.get().key().name());
    }
    return new Rule.Scaled(object, policy);
  }

  private static boolean follows(HpaSpec hpa) {
    return hpa.metrics().stream()
        .anyMatch(
            metric ->
                metric.source() instanceof MetricSource.ExternalMetric(MetricIdentifier served)
                    && served.name().equals(Signals.SERVED_METRIC));
  }
}
