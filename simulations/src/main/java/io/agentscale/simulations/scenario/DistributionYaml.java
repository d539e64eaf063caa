// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.simulations.trace.spec.Fields;
import io.agentscale.simulations.workload.Distribution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads how long something takes: a duration, {@code 0}, or a mapping whose one key names the
 * distribution.
 */
final class DistributionYaml {
  private DistributionYaml() {}

  static Distribution read(YamlValue value) {
    return value.isMapping()
        ? value.mapping(DistributionYaml::named)
        : new Distribution.Constant(seconds(length(value)));
  }

  /** Reads a duration that may be {@code 0}. */
  static Duration length(YamlValue value) {
    String text = value.string();
    return text.equals("0") || text.equals("0s") ? Duration.ZERO : value.duration();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  static Distribution named(YamlMapping keys) {
    List<Distribution> found =
        Stream.of(
                section(keys, "uniform", DistributionYaml::uniform),
                section(keys, "exponential", DistributionYaml::exponential),
                section(keys, "lognormal", DistributionYaml::lognormal),
                keys.has("empirical")
                    ? Optional.<Distribution>of(
                        new Distribution.Empirical(keys.list("empirical", Fields::number)))
                    : Optional.<Distribution>empty())
            .flatMap(Optional::stream)
            .toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "must be a duration, or one of the keys uniform, exponential, lognormal, empirical");
    }
    return found.getFirst();
  }

  private static Optional<Distribution> section(
      YamlMapping keys, String key, Function<YamlMapping, Distribution> reader) {
    return keys.section(key, reader);
  }

  private static Distribution uniform(YamlMapping keys) {
    Optional<Double> least = keys.required("leastSeconds", Fields::number);
    Optional<Double> most = keys.required("mostSeconds", Fields::number);
    return new Distribution.Uniform(least.orElseThrow(), most.orElseThrow());
  }

  private static Distribution exponential(YamlMapping keys) {
    return new Distribution.Exponential(keys.required("meanSeconds", Fields::number).orElseThrow());
  }

  private static Distribution lognormal(YamlMapping keys) {
    Optional<Double> mean = keys.required("meanSeconds", Fields::number);
    Optional<Double> sigma = keys.required("sigma", Fields::number);
    return new Distribution.Lognormal(mean.orElseThrow(), sigma.orElseThrow());
  }
}
