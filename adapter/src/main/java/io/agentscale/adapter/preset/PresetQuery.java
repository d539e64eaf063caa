// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The PromQL of a preset.
 *
 * <p>The sources stand in order of precedence, joined by {@code or on (namespace, pod)}: a plain
 * {@code or} would compare the source label too, and count a pod that exposes two sources twice.
 * The terms of a source are joined by {@code +}, which drops a pod that lacks one of them.
 */
public final class PresetQuery {
  /** The label that tells which source a pod's value came from. */
  public static final String SOURCE_LABEL = "agentscale_source";

  /** The label that tells values from times. */
  static final String PART_LABEL = "agentscale_part";

  /** The part with the values; the other parts hold times. */
  static final String VALUES = "value";

  private final PresetMetric metric;
  private final QueryScope scope;
  private final String pod;

  PresetQuery(PresetMetric metric, QueryScope scope) {
    this.metric = metric;
    this.scope = scope;
    this.pod = "(" + scope.namespaceLabel() + ", " + scope.podLabel() + ")";
  }

  /** One series a pod, labelled with its namespace, its name and {@link #SOURCE_LABEL}. */
  public String perPod() {
    return metric.sources().stream().map(this::perPod).collect(joining(" or on " + pod + " "));
  }

  /**
   * The values of {@link #perPod()} with the times of their samples, told apart by {@link
   * #PART_LABEL}. The time of a source is that of the oldest of the latest samples of its series,
   * which sums and rates otherwise hide.
   */
  public String perPodWithTimes() {
    List<String> parts = new ArrayList<>();
    parts.add(part(perPod(), VALUES));
    for (Source source : metric.sources()) {
      for (int i = 0; i < source.terms().size(); i++) {
        Term term = source.terms().get(i);
        String oldest = "min by %s (timestamp(%s))".formatted(pod, term.series() + matchers(term));
        parts.add(part(labelled(oldest, SOURCE_LABEL, source.id()), "time" + i));
      }
    }
    return String.join(" or ", parts);
  }

  private static String part(String expression, String name) {
    return labelled(expression, PART_LABEL, name);
  }

  private static String labelled(String expression, String label, String value) {
    return "label_replace(%s, \"%s\", %s, \"\", \"\")"
        .formatted(expression, label, SeriesMatcher.quote(value));
  }

  /** One series a namespace: the sum of its pods that are known. */
  public String perNamespace() {
    return "sum by (" + scope.namespaceLabel() + ") (" + perPod() + ")";
  }

  /** One series in all: the sum of the pods that are known; none when none is. */
  public String total() {
    return "sum(" + perPod() + ")";
  }

  /** One series a pod from this source alone. */
  public String perPod(Source source) {
    String sum = source.terms().stream().map(this::term).collect(joining(" + "));
    return labelled(sum, SOURCE_LABEL, source.id());
  }

  private String term(Term term) {
    String series = term.series() + matchers(term);
    String value =
        switch (term.kind()) {
          case GAUGE -> series;
          case RATE -> "rate(" + series + "[" + window() + "])";
        };
    String sum = "sum by " + pod + " (" + value + ")";
    return term.factor() == 1 ? sum : number(term.factor()) + " * " + sum;
  }

  private String matchers(Term term) {
    List<SeriesMatcher> all =
        Stream.concat(term.filters().stream().map(LabelFilter::matcher), scope.matchers().stream())
            .toList();
    return all.isEmpty()
        ? ""
        : all.stream().map(SeriesMatcher::promql).collect(joining(",", "{", "}"));
  }

  private String window() {
    long milliseconds = scope.rateWindow().toMillis();
    return milliseconds % 1000 == 0 ? milliseconds / 1000 + "s" : milliseconds + "ms";
  }

  private static String number(double factor) {
    return factor == Math.rint(factor) ? Long.toString(Math.round(factor)) : "" + factor;
  }
}
