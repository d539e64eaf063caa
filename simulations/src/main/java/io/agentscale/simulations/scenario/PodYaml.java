// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.metric.Quantity;
import io.agentscale.simulations.trace.spec.Fields;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.PodModel.Crowding;
import io.agentscale.simulations.workload.PodModel.Hazard;
import io.agentscale.simulations.workload.PodModel.Memory;
import io.agentscale.simulations.workload.PodModel.Tokens;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.ProviderLimit;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the {@code pod} of a scenario: a preset, or a model as {@code workload fit} prints it. */
final class PodYaml {
  private static final String NO_CAP = "none";

  private PodYaml() {}

  static PodModel read(YamlMapping keys) {
    PodModel pod = keys.has("preset") ? preset(keys) : model(keys);
    Optional<OptionalInt> cap = keys.optional("cap", PodYaml::cap);
    if (cap.isEmpty()) {
      return pod;
    }
    return cap.get().isPresent() ? pod.withCap(cap.get().getAsInt()) : pod.withoutCap();
  }

  private static OptionalInt cap(YamlValue value) {
    return value.string().equals(NO_CAP)
        ? OptionalInt.empty()
        : OptionalInt.of(value.integer(1, 1_000_000));
  }

  private static PodModel preset(YamlMapping keys) {
    String preset =
        keys.required("preset", value -> value.oneOf("agent-2c4g", "llm-server", "queue-worker"))
            .orElseThrow();
    return switch (preset) {
      case "llm-server" -> llmServer(keys);
      case "queue-worker" -> queueWorker(keys);
      default -> PodPresets.agentPod();
    };
  }

  private static PodModel llmServer(YamlMapping keys) {
    Optional<Double> stream = keys.required("streamTokensPerSecond", Fields::number);
    Optional<Double> peak = keys.required("peakTokensPerSecond", Fields::number);
    Optional<Integer> batch = keys.required("batch", value -> value.integer(1, 100_000));
    Optional<Double> prompt = keys.required("promptSeconds", Fields::number);
    Optional<Double> output = keys.required("outputTokens", Fields::number);
    return PodPresets.llmServer(
        stream.orElseThrow(),
        peak.orElseThrow(),
        batch.orElseThrow(),
        prompt.orElseThrow(),
        output.orElseThrow());
  }

  private static PodModel queueWorker(YamlMapping keys) {
    Optional<Distribution> task = keys.required("task", DistributionYaml::read);
    Optional<Integer> atOnce = keys.required("atOnce", value -> value.integer(1, 100_000));
    return PodPresets.queueWorker(task.orElseThrow(), atOnce.orElseThrow());
  }

  private static PodModel model(YamlMapping keys) {
    String name = keys.optional("name", YamlValue::nonEmpty).orElse("pod");
    Optional<Double> cores = keys.required("cores", Fields::number);
    Optional<Distribution> delay = keys.required("delay", DistributionYaml::read);
    Optional<Distribution> work = keys.required("work", DistributionYaml::read);
    Optional<Crowding> crowding =
        keys.section(
            "crowding",
            section -> new Crowding(number(section, "knee"), number(section, "perRun")));
    Optional<Hazard> hazard =
        keys.section(
            "hazard", section -> new Hazard(number(section, "knee"), number(section, "perRun")));
    Optional<Tokens> tokens = keys.section("tokens", PodYaml::tokens);
    Optional<Memory> memory =
        keys.section(
            "memory",
            section -> new Memory(number(section, "idleShare"), number(section, "sharePerRun")));
    return PodModel.of(name, cores.orElseThrow(), delay.orElseThrow(), work.orElseThrow())
        .withCrowding(crowding.orElse(Crowding.NONE))
        .withHazard(hazard.orElse(Hazard.NONE))
        .withTokens(tokens.orElse(Tokens.NONE))
        .withMemory(memory.orElse(Memory.FLAT));
  }

  private static double number(YamlMapping keys, String key) {
    return keys.required(key, Fields::number).orElse(0.0);
  }

  private static Tokens tokens(YamlMapping keys) {
    return new Tokens(
        number(keys, "perRun"),
        keys.optional("delaySecondsPerInputToken", Fields::number).orElse(0.0),
        keys.optional("workSecondsPerOutputToken", Fields::number).orElse(0.0));
  }

  /** Reads the {@code provider} of a scenario. */
  static ProviderLimit provider(YamlMapping keys) {
    Optional<Double> quota =
        keys.required("tokensPerMinute", value -> Quantity.parse(value.string()).doubleValue());
    Optional<Double> knee = keys.optional("knee", Fields::number);
    Optional<Double> slowdown = keys.optional("slowdown", Fields::number);
    ProviderLimit usual = ProviderLimit.of(quota.orElseThrow());
    return new ProviderLimit(
        usual.tokensPerMinute(), knee.orElse(usual.knee()), slowdown.orElse(usual.slowdown()));
  }
}
