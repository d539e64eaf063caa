// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A query that lets a value out of its quotes reads what its author must not see. */
final class PresetQueryTest {
  private static final PresetMetric METRIC =
      new PresetMetric(
          "m",
          "",
          "",
          "",
          List.of(
              Source.of(
                  "one", "", Term.gauge("a"), Term.gauge("b", LabelFilter.isMissing("server"))),
              Source.of(
                  "two", "", Term.perMinute("c_total", LabelFilter.isOneOf("t", "x", "y.z")))));

  @Test
  void perPod_joinsTermsByPlusAndSourcesByPrecedence() {
    assertThat(METRIC.query(QueryScope.EVERYTHING.inNamespace("n")).perPod())
        .isEqualTo(
            "label_replace(sum by (namespace, pod) (a{namespace=\"n\"})"
                + " + sum by (namespace, pod) (b{server=\"\",namespace=\"n\"}),"
                + " \"agentscale_source\", \"one\", \"\", \"\")"
                + " or on (namespace, pod) "
                + "label_replace(60 * sum by (namespace, pod)"
                + " (rate(c_total{t=~\"x|y\\\\.z\",namespace=\"n\"}[60s])),"
                + " \"agentscale_source\", \"two\", \"\", \"\")");
  }

  @Test
  void aggregates_wrapThePods_withThisPrometheusLabels() {
    PresetQuery query =
        METRIC.query(new QueryScope("ns", "kube_pod", Duration.ofMillis(1500), List.of()));
    assertThat(query.perNamespace())
        .startsWith("sum by (ns) (label_replace(sum by (ns, kube_pod) (a)");
    assertThat(query.total()).startsWith("sum(label_replace(").contains("[1500ms]");
  }

  @Test
  void matchers_quoteWhatTheyCompare() {
    assertThat(SeriesMatcher.equal("a", "x\"} or vector(1) #\\\n").promql())
        .isEqualTo("a=\"x\\\"} or vector(1) #\\\\\\n\"");
    assertThat(SeriesMatcher.in("a", List.of("b.c", "d|e")).promql())
        .isEqualTo("a=~\"b\\\\.c|d\\\\|e\"");
    assertThat(SeriesMatcher.of(LabelSelector.parse("a=1,b!=2,c in (x,y),d notin (z),e,!f")))
        .extracting(SeriesMatcher::promql)
        .containsExactly("a=\"1\"", "b!=\"2\"", "c=~\"x|y\"", "d!=\"z\"", "e!=\"\"", "f=\"\"");
  }

  @Test
  void matchers_refuseWhatPromqlCannotSay() {
    assertThatThrownBy(() -> SeriesMatcher.equal("app.kubernetes.io/name", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "label: must be a PromQL label name (letters, digits, _), was: app.kubernetes.io/name");
    assertThatThrownBy(() -> SeriesMatcher.of(LabelSelector.parse("a>1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by order");
  }
}
