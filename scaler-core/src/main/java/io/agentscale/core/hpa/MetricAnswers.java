// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.MetricReading.PodSamples;
import io.agentscale.core.hpa.MetricReading.Series;
import io.agentscale.core.metric.Quantity;
import java.util.List;
import java.util.Optional;

/** The texts of the metrics client for answers that hold nothing to compute with. */
final class MetricAnswers {
  /** The three metrics APIs, by the word the client's texts use. */
  enum Api {
    RESOURCE("resource"),
    CUSTOM("custom"),
    EXTERNAL("external");

    private final String word;

    Api(String word) {
      this.word = word;
    }
  }

  private MetricAnswers() {}

  static String fetchError(Api api, String error) {
    return "unable to fetch metrics from " + api.word + " metrics API: " + error;
  }

  static String emptyAnswer(Api api) {
    return "no metrics returned from " + api.word + " metrics API";
  }

  /** Returns why there are no samples of pods in an answer, if there are none. */
  static Optional<String> podSamplesError(Api api, MetricReading reading) {
    return switch (reading) {
      case MetricReading.Failed failed -> Optional.of(fetchError(api, failed.error()));
      case MetricReading.Empty _ -> Optional.of(emptyAnswer(api));
      case PodSamples _ -> Optional.empty();
      case Series _ -> throw mismatch("samples of pods", "a series");
    };
  }

  static PodSamples podSamples(MetricReading reading) {
    return switch (reading) {
      case PodSamples samples -> samples;
      default -> throw mismatch("samples of pods", reading.toString());
    };
  }

  /** Returns the series of an answer, or why there are none. */
  static Optional<String> seriesError(Api api, MetricReading reading) {
    return switch (reading) {
      case MetricReading.Failed failed -> Optional.of(fetchError(api, failed.error()));
      case MetricReading.Empty _ -> Optional.of(noSeries(api, 0));
      case PodSamples _ -> throw mismatch("a series", "samples of pods");
      case Series series -> {
        int count = series.values().size();
        boolean usable = api == Api.EXTERNAL ? count > 0 : count == 1;
        yield usable ? Optional.empty() : Optional.of(noSeries(api, count));
      }
    };
  }

  static List<Quantity> series(MetricReading reading) {
    return switch (reading) {
      case Series series -> series.values();
      default -> throw mismatch("a series", reading.toString());
    };
  }

  private static String noSeries(Api api, int count) {
    if (api == Api.EXTERNAL) {
      return emptyAnswer(api);
    }
    return fetchError(
        api,
        "the custom metrics API server returned "
            + count
            + " results when we asked for exactly one");
  }

  private static IllegalArgumentException mismatch(String wanted, String found) {
    return new IllegalArgumentException("metric reading: must be " + wanted + ", was: " + found);
  }
}
