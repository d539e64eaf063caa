// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which series a preset's query looks at, and how this Prometheus labels them.
 *
 * @param namespaceLabel the label that names the namespace, commonly {@code namespace}
 * @param podLabel the label that names the pod, commonly {@code pod}
 * @param rateWindow what counters are differentiated over; at least four scrape intervals, so that
 *     two lost scrapes leave a rate
 * @param matchers further conditions every series must meet
 */
public record QueryScope(
    String namespaceLabel, String podLabel, Duration rateWindow, List<SeriesMatcher> matchers) {
  public static final QueryScope EVERYTHING =
      new QueryScope("namespace", "pod", Duration.ofMinutes(1), List.of());

  public QueryScope {
    SeriesMatcher.requireLabelName(namespaceLabel);
    SeriesMatcher.requireLabelName(podLabel);
    matchers = List.copyOf(matchers);
    if (rateWindow.toMillis() <= 0) {
      throw new IllegalArgumentException("rateWindow: must be positive, was: " + rateWindow);
    }
  }

  /** Narrows the scope. */
  public QueryScope with(List<SeriesMatcher> more) {
    return new QueryScope(
        namespaceLabel,
        podLabel,
        rateWindow,
        Stream.concat(matchers.stream(), more.stream()).toList());
  }

  /** Narrows the scope to one namespace. */
  public QueryScope inNamespace(String namespace) {
    return with(List.of(SeriesMatcher.equal(namespaceLabel, namespace)));
  }
}
