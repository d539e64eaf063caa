// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.spec;

import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.simulations.trace.spec.TrafficSpec.Change;
import io.agentscale.simulations.trace.transform.Bin;
import io.agentscale.simulations.trace.transform.Growth;
import io.agentscale.simulations.trace.transform.Interpolate;
import io.agentscale.simulations.trace.transform.Noise;
import io.agentscale.simulations.trace.transform.Scale;
import io.agentscale.simulations.trace.transform.ScaleTo;
import io.agentscale.simulations.trace.transform.Shift;
import io.agentscale.simulations.trace.transform.Stretch;
import io.agentscale.simulations.trace.transform.Transform;
import io.agentscale.simulations.trace.transform.Window;
import io.agentscale.simulations.trace.transform.Window.Bound;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads one of the {@code transforms} of traffic: a mapping with one key, which names it. */
final class TransformYaml {
  private TransformYaml() {}

  static Change read(YamlMapping keys, long seed) {
    List<Change> changes =
        Stream.of(
                scalar(keys, "scale", value -> new Scale(Fields.number(value), seed)),
                scalar(keys, "stretch", value -> new Stretch(Fields.number(value))),
                scalar(keys, "noise", value -> new Noise(Fields.number(value), seed)),
                scalar(keys, "bin", value -> new Bin(value.duration())),
                scalar(keys, "interpolate", value -> new Interpolate(value.duration())),
                section(keys, "scaleTo", section -> scaleTo(section, seed)),
                section(keys, "shift", TransformYaml::shift),
                section(keys, "window", TransformYaml::window),
                section(keys, "growth", section -> growth(section, seed)),
                keys.section("superpose", TrafficYaml::read).<Change>map(Change.With::new))
            .flatMap(Optional::stream)
            .toList();
    if (changes.size() != 1) {
      throw new IllegalArgumentException(
          "must have one key, the transform, has %d that can be read".formatted(changes.size()));
    }
    return changes.getFirst();
  }

  private static Optional<Change> scalar(
      YamlMapping keys, String key, Function<YamlValue, Transform> reader) {
    return keys.optional(key, reader).map(Change.Of::new);
  }

  private static Optional<Change> section(
      YamlMapping keys, String key, Function<YamlMapping, Transform> reader) {
    return keys.section(key, reader).map(Change.Of::new);
  }

  private static Transform scaleTo(YamlMapping keys, long seed) {
    Optional<Double> quantile = keys.required("quantile", Fields::number);
    Optional<Double> rate = keys.required("requestsPerSecond", Fields::number);
    return new ScaleTo(quantile.orElseThrow(), rate.orElseThrow(), seed);
  }

  private static Transform shift(YamlMapping keys) {
    Optional<Duration> later = keys.optional("later", YamlValue::duration);
    Optional<Duration> earlier = keys.optional("earlier", YamlValue::duration);
    if (later.isPresent() == earlier.isPresent()) {
      throw new IllegalArgumentException("must have one of the keys later and earlier");
    }
    return new Shift(later.or(() -> earlier.map(Duration::negated)).orElseThrow());
  }

  private static Transform window(YamlMapping keys) {
    Optional<Bound> from = keys.optional("from", Fields::bound);
    Optional<Bound> to = keys.optional("to", Fields::bound);
    return new Window(from, to);
  }

  private static Transform growth(YamlMapping keys, long seed) {
    Optional<Double> factor = keys.required("factor", Fields::number);
    Optional<Duration> over = keys.required("over", YamlValue::duration);
    Duration ahead = keys.optional("ahead", YamlValue::duration).orElse(Duration.ZERO);
    Growth.Shape shape =
        keys.optional("shape", value -> value.oneOf(Growth.Shape.class))
            .orElse(Growth.Shape.COMPOUND);
    return new Growth(factor.orElseThrow(), over.orElseThrow(), ahead, shape, seed);
  }
}
