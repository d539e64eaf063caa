// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.adapter.hpa.InputNode.Kind;
import io.agentscale.core.hpa.MetricReading;
import io.agentscale.core.hpa.MetricReading.PodSamples;
import io.agentscale.core.hpa.MetricReading.Series;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSource.ContainerResourceMetric;
import io.agentscale.core.hpa.MetricSource.ExternalMetric;
import io.agentscale.core.hpa.MetricSource.ObjectMetric;
import io.agentscale.core.hpa.MetricSource.PodsMetric;
import io.agentscale.core.hpa.MetricSource.ResourceMetric;
import io.agentscale.core.hpa.MetricSource.UnknownMetric;
import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.hpa.PodSample;
import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the answer of a metrics API from a step.
 *
 * @param pods of the step
 * @param micros the step's time
 */
record MetricReadingReader(List<PodGroup> pods, long micros) {
  private static final Set<String> FIELDS = Set.of("v", "err", "age", "ages", "window");
  private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(30);

  /** Tells whether an entry speaks of single pods, so that they must not be one group. */
  static boolean speaksOfSinglePods(InputNode entry, MetricSource source) {
    if (entry.isNull() || !isOfPods(source)) {
      return false;
    }
    boolean single =
        entry.get("v").map(v -> v.kind() == Kind.LIST || v.kind() == Kind.MAPPING).orElse(false);
    return single || entry.get("ages").isPresent();
  }

  private static boolean isOfPods(MetricSource source) {
    return switch (source) {
      case ResourceMetric _, ContainerResourceMetric _, PodsMetric _ -> true;
      case ObjectMetric _, ExternalMetric _, UnknownMetric _ -> false;
    };
  }

  MetricReading read(InputNode entry, MetricSource source) {
    if (entry.isNull()) {
      return MetricReading.Empty.ANSWER;
    }
    entry.allowOnly(FIELDS);
    Optional<InputNode> error = entry.get("err");
    if (error.isPresent()) {
      return new MetricReading.Failed(error.get().asText());
    }
    Optional<InputNode> value = entry.get("v");
    if (value.isEmpty()) {
      return MetricReading.Empty.ANSWER;
    }
    return switch (source) {
      case ResourceMetric _, ContainerResourceMetric _ -> samples(entry, value.get(), true);
      case PodsMetric _ -> samples(entry, value.get(), false);
      case ObjectMetric _ -> new Series(List.of(quantity(value.get())));
      case ExternalMetric _ -> new Series(series(value.get()));
      case UnknownMetric _ -> MetricReading.Empty.ANSWER;
    };
  }

  private static List<Quantity> series(InputNode value) {
    return value.kind() == Kind.LIST
        ? value.items().stream().map(MetricReadingReader::quantity).toList()
        : List.of(quantity(value));
  }

  /** A bare number is in thousandths here, unlike in a Kubernetes manifest. */
  private static Quantity quantity(InputNode value) {
    return switch (value.kind()) {
      case INTEGER -> Quantity.ofMilli(value.asLong());
      case TEXT -> value.asQuantity();
      default -> throw value.error("must be a whole number of thousandths or a quantity in quotes");
    };
  }

  private MetricReading samples(InputNode entry, InputNode value, boolean byContainer) {
    Duration window =
        entry.get("window").map(node -> Times.duration(node.asMicros())).orElse(DEFAULT_WINDOW);
    long age = entry.get("age").map(InputNode::asMicros).orElse(0L);
    Optional<InputNode> ages = entry.get("ages");
    return switch (value.kind()) {
      case LIST -> {
        requireNoMoreThanPods(value);
        Ages at = ages(age, ages);
        List<PodSample> listed = missing();
        for (int i = 0; i < value.items().size(); i++) {
          listed.set(i, sample(value.items().get(i), at.of(i), window, byContainer));
        }
        yield new PodSamples(listed, Map.of());
      }
      case MAPPING -> byName(value, ages(age, ages), window, byContainer);
      default -> everywhere(value, ages(age, ages), window);
    };
  }

  private void requireNoMoreThanPods(InputNode list) {
    if (list.items().size() > pods.size()) {
      throw list.error(
          "must have no more items than there are pods ("
              + pods.size()
              + "), was: "
              + list.items().size());
    }
  }

  private List<PodSample> missing() {
    return new ArrayList<>(Collections.nCopies(pods.size(), PodSample.Missing.SAMPLE));
  }

  private MetricReading everywhere(InputNode value, Ages ages, Duration window) {
    Quantity quantity = quantity(value);
    if (ages.single().isEmpty()) {
      return PodSamples.uniform(
          pods.size(), new PodSample.Value(quantity.milli(), ages.common(), window));
    }
    List<PodSample> listed = missing();
    for (int i = 0; i < listed.size(); i++) {
      listed.set(i, new PodSample.Value(quantity.milli(), ages.of(i), window));
    }
    return new PodSamples(listed, Map.of());
  }

  private MetricReading byName(InputNode value, Ages ages, Duration window, boolean byContainer) {
    Map<String, Integer> indices = indices();
    List<PodSample> listed = missing();
    Map<String, PodSample> unlisted = new LinkedHashMap<>();
    for (InputNode field : value.fields()) {
      Integer index = indices.get(field.name());
      if (index != null) {
        listed.set(index, sample(field, ages.of(index), window, byContainer));
      } else if (!field.isNull()) {
        Instant at = ages.unlisted().getOrDefault(field.name(), ages.common());
        unlisted.put(field.name(), sample(field, at, window, byContainer));
      }
    }
    return new PodSamples(listed, unlisted);
  }

  private Map<String, Integer> indices() {
    Map<String, Integer> indices = HashMap.newHashMap(pods.size());
    for (int i = 0; i < pods.size(); i++) {
      indices.put(pods.get(i).name(), i);
    }
    return indices;
  }

  private static PodSample sample(
      InputNode value, Instant at, Duration window, boolean byContainer) {
    if (value.isNull()) {
      return PodSample.Missing.SAMPLE;
    }
    if (value.kind() == Kind.MAPPING && byContainer) {
      Map<String, Optional<Quantity>> usage = new LinkedHashMap<>();
      for (InputNode container : value.fields()) {
        usage.put(
            container.name(),
            container.isNull() ? Optional.empty() : Optional.of(quantity(container)));
      }
      return new PodSample.ByContainer(usage, at, window);
    }
    return new PodSample.Value(quantity(value).milli(), at, window);
  }

  /**
   * When samples were taken.
   *
   * @param common of every sample that has no time of its own
   * @param single of single listed pods; empty if none has its own
   * @param unlisted of other pods, by name
   */
  private record Ages(Instant common, List<Instant> single, Map<String, Instant> unlisted) {
    Instant of(int pod) {
      return single.isEmpty() ? common : single.get(pod);
    }
  }

  private Ages ages(long common, Optional<InputNode> written) {
    Instant at = Times.instant(micros - common);
    if (written.isEmpty()) {
      return new Ages(at, List.of(), Map.of());
    }
    InputNode node = written.get();
    Instant[] single = new Instant[pods.size()];
    Arrays.fill(single, at);
    Map<String, Instant> unlisted = new HashMap<>();
    if (node.kind() == Kind.LIST) {
      requireNoMoreThanPods(node);
      for (int i = 0; i < node.items().size(); i++) {
        single[i] = at(node.items().get(i), at);
      }
    } else {
      Map<String, Integer> indices = indices();
      for (InputNode field : node.fields()) {
        Integer index = indices.get(field.name());
        if (index == null) {
          unlisted.put(field.name(), at(field, at));
        } else {
          single[index] = at(field, at);
        }
      }
    }
    return new Ages(at, List.of(single), unlisted);
  }

  private Instant at(InputNode age, Instant absent) {
    return age.isNull() ? absent : Times.instant(micros - age.asMicros());
  }
}
