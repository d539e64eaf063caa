// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static io.agentscale.adapter.policy.resource.PolicyValues.orDefault;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.ForecastPlan;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.schedule.Calendars;
import io.agentscale.adapter.schedule.ScheduleReader;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.policy.Headroom;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.QueueStep;
import io.agentscale.core.policy.Quota;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a {@code ScalingPolicy} into what it means, finding all of its problems at once. Files and
 * the API server's answers, which are YAML as well, are read alike.
 */
final class PolicyReader {
  static final String DEFAULT_NAMESPACE = "default";

  /** Stands in for metadata with problems, so that those of the spec are found as well. */
  private static final Metadata UNREADABLE =
      new Metadata(new PolicyKey(DEFAULT_NAMESPACE, "unnamed"), "", 0);

  private final Function<String, Calendars> calendars;
  private final boolean tolerant;
  private final boolean confined;
  private final SectionReader sections;

  /**
   * Creates a reader.
   *
   * @param calendars those of a namespace
   * @param tolerant pass over fields nobody knows, as the API server prunes them
   * @param confined refuse queries whose reach cannot be told
   */
  PolicyReader(Function<String, Calendars> calendars, boolean tolerant, boolean confined) {
    this.calendars = calendars;
    this.tolerant = tolerant;
    this.confined = confined;
    this.sections = new SectionReader(tolerant);
  }

  /** Which policy this is. */
  private record Metadata(PolicyKey key, String uid, long generation) {}

  /** Reads one document; all of its problems are reported to it. */
  PolicyDefinition policy(YamlMapping document) {
    document.required("apiVersion", v -> v.oneOf(ScalingPolicy.API_VERSION));
    document.required("kind", v -> v.oneOf(ScalingPolicy.KIND));
    Metadata metadata =
        document.required("metadata", v -> v.mapping(PolicyReader::metadata)).orElse(UNREADABLE);
    Optional<PolicyDefinition> policy =
        document.required("spec", v -> v.mapping(spec -> spec(spec, metadata)));
    document.optional("status", YamlValue::location);
    sections.end(document);
    return policy.orElseThrow();
  }

  private static Metadata metadata(YamlMapping metadata) {
    Optional<String> name = metadata.required("name", PolicyReader::name);
    Optional<String> namespace = metadata.optional("namespace", YamlValue::nonEmpty);
    Optional<String> uid = metadata.optional("uid", YamlValue::string);
    Optional<Long> generation =
        metadata.optional("generation", v -> (long) v.integer(0, Integer.MAX_VALUE));
    metadata.ignoreOthers();
    return new Metadata(
        new PolicyKey(namespace.orElse(DEFAULT_NAMESPACE), name.orElseThrow()),
        uid.orElse(""),
        generation.orElse(0L));
  }

  private static String name(YamlValue value) {
    String name = value.nonEmpty();
    if (name.length() > SpecForm.LABEL_LENGTH) {
      throw new IllegalArgumentException(
          "must be at most 63 characters, as autoscalers select by it as a label, was: "
              + name.length());
    }
    return name;
  }

  private Optional<String> confinedTo(PolicyKey key) {
    return confined ? Optional.of(key.namespace()) : Optional.empty();
  }

  private PolicyDefinition spec(YamlMapping spec, Metadata metadata) {
    Optional<TargetRef> target =
        spec.required("scaleTargetRef", v -> v.mapping(sections::scaleTargetRef));
    Mode mode = orDefault(spec, "mode", PolicyValues::mode, SpecDefaults.MODE);
    Optional<SectionReader.Demand> demand =
        spec.required("demand", v -> v.mapping(d -> sections.demand(d, confinedTo(metadata.key))));
    Optional<Baseline> bounds = bounds(spec);
    Optional<ForecastPlan> forecast = spec.section("forecast", sections::forecast);
    Optional<Activation> activation = activation(spec, bounds);
    Optional<ScaleIn> scaleIn = spec.section("scaleIn", sections::scaleIn);
    Optional<Actuation> actuation = actuation(spec, bounds);
    Optional<PolicySettings> settings = settings(spec, metadata, bounds, demand, forecast);
    sections.end(spec);
    return new PolicyDefinition(
        metadata.key,
        metadata.uid,
        metadata.generation,
        target.orElseThrow(),
        mode,
        demand.orElseThrow().source(),
        settings.orElseThrow(),
        forecast,
        activation,
        scaleIn.orElse(ScaleIn.UNPROTECTED),
        actuation.orElseThrow());
  }

  private static Optional<Baseline> bounds(YamlMapping spec) {
    boolean hasMin = spec.has("minReplicas");
    Optional<Integer> min = spec.optional("minReplicas", v -> v.integer(0, SpecForm.REPLICAS));
    Optional<Integer> max = spec.required("maxReplicas", v -> v.integer(1, SpecForm.REPLICAS));
    if (max.isEmpty() || (hasMin && min.isEmpty())) {
      return Optional.empty();
    }
    int least = min.orElseGet(() -> Integer.parseInt(SpecDefaults.MIN_REPLICAS));
    if (least > max.get()) {
      spec.refuse(
          "maxReplicas", "must be at least minReplicas (%d), was: %d".formatted(least, max.get()));
      return Optional.empty();
    }
    return Optional.of(new Baseline(least, max.get()));
  }

  private Optional<Activation> activation(YamlMapping spec, Optional<Baseline> bounds) {
    Optional<Activation> activation = spec.section("activation", sections::activation);
    if (bounds.isEmpty()) {
      return Optional.empty();
    }
    int min = bounds.get().minReplicas();
    if (min > 0) {
      if (spec.has("activation")) {
        spec.refuse("activation", "must be absent unless minReplicas is 0, was: beside " + min);
      }
      return Optional.empty();
    }
    return activation.or(() -> Optional.of(SectionReader.defaultActivation()));
  }

  private Optional<Actuation> actuation(YamlMapping spec, Optional<Baseline> bounds) {
    var wanted = orDefault(spec, "actuation", PolicyValues::actuation, SpecDefaults.ACTUATION);
    Optional<ReplicaBounds> replicas =
        bounds.map(b -> new ReplicaBounds(b.minReplicas(), b.maxReplicas()));
    // Read for its problems even where the bounds, which it takes over, have one.
    Optional<QueueStep> step =
        spec.section(
            "queueStep",
            section -> sections.queueStep(section, replicas.orElse(QueueStep.DEFAULT.bounds())));
    if (wanted != ScalingPolicySpec.Actuation.SCALE && spec.has("queueStep")) {
      spec.refuse("queueStep", "must be absent unless actuation is Scale, was: given");
    }
    return switch (wanted) {
      case METRIC -> Optional.of(new Actuation.Metric());
      case EXACT_FLOOR -> Optional.of(new Actuation.ExactFloor());
      case SCALE ->
          replicas.map(
              r -> new Actuation.OwnScale(step.orElseGet(() -> SectionReader.defaultQueueStep(r))));
    };
  }

  private Optional<PolicySettings> settings(
      YamlMapping spec,
      Metadata metadata,
      Optional<Baseline> bounds,
      Optional<SectionReader.Demand> demand,
      Optional<ForecastPlan> forecast) {
    ScheduleReader reader = new ScheduleReader(calendars.apply(metadata.key.namespace()), tolerant);
    List<Schedule> schedules = reader.schedules(spec, bounds.map(Baseline::maxReplicas));
    Optional<Headroom> headroom =
        spec.optional("headroom", v -> PolicyValues.headroom(v.quantity()));
    Optional<Quota> quota = spec.section("quota", sections::quota);
    Duration hold = orDefault(spec, "hold", PolicyValues::span, SpecDefaults.HOLD);
    double tolerance =
        orDefault(
            spec,
            "tolerance",
            YamlValue::unquoted,
            PolicyValues::tolerance,
            SpecDefaults.TOLERANCE);
    if (bounds.isEmpty() || demand.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PolicySettings(
            demand.get().perReplica(),
            reader.plan(bounds.get(), schedules),
            headroom.orElse(Headroom.NONE),
            forecast.map(ForecastPlan::use),
            quota,
            hold,
            tolerance));
  }
}
