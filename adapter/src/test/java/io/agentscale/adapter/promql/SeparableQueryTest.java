// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.promql.SeparableQuery.Rows;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query wrongly taken for separable mixes the load of one team into another's autoscaling. */
final class SeparableQueryTest {
  private static final String MATCHERS = "ns!=\"\",pod!=\"\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (pod) (a) + sum by (pod) (b{M=\"1\"})",
        "a",
        "sum(a) by (pod)",
        "sum by (pod) (a{x=\"y\"})",
        "sum by (pod) (a{M=\"1\"}) / sum by (pod) (b)",
        "sum(a{M=\"1\"})",
        "sum by (app) (a{M=\"1\"})",
        "sum without (x) (a{M=\"1\"})",
        "topk(3, sum by (pod) (a{M=\"1\"}))",
        "quantile by (pod) (0.9, a{M=\"1\"})",
        "sum by (pod) (a{M=\"1\"}) / on (pod) sum by (pod) (b{M=\"1\"})",
        "sum by (pod) (a{M=\"1\"}) / ignoring (x) group_left sum by (pod) (b{M=\"1\"})",
        "sum by (pod) (a{M=\"1\"}) / b{M=\"1\"}",
        "sum by (pod) (a{M=\"1\"}) / sum by (pod, ns) (b{M=\"1\"})",
        "sum by (pod) (a{M=\"1\"}) / scalar(sum(b))",
        "sum by (pod) (a{M=\"1\"}) or vector(0)",
        "absent(a{M=\"1\"})",
        "label_replace(a{M=\"1\"}, \"pod\", \"x\", \"\", \"\")",
        "count_values by (pod) (\"ns\", a{M=\"1\"})",
        "a{M=\"1\"} @ 0",
        "sum by (pod) (rate(a{M=\"1\"}[5m] offset 5m)) offset 1m",
        "1",
        "time()",
        "sum by (pod) (a{M=\"1\",M=\"1\"})",
        "sum by (pod) (a{M=\"1\"}",
      })
  void whatIsNotKnownToBeSeparable_isNot(String query) {
    assertThat(of(query.replace("M=", "marker="))).isEmpty();
  }

  @Test
  void groupings_getTheAddedLabel() {
    assertText(
        "sum(rate(a{M,x=\"y\"}[2m])) by (pod)",
        "sum(rate(a{" + MATCHERS + ",x=\"y\"}[2m])) by (ns,pod)");
    assertText(
        "histogram_quantile(0.9, sum by (le, pod) (rate(a_bucket{M}[5m])))",
        "histogram_quantile(0.9, sum by (ns,le, pod) (rate(a_bucket{" + MATCHERS + "}[5m])))");
    assertText(
        "100 * sum by (pod) (a{M}) / (sum by (pod) (b{M}) + 1)",
        "100 * sum by (ns,pod) (a{%1$s}) / (sum by (ns,pod) (b{%1$s}) + 1)".formatted(MATCHERS));
    assertText(
        "max_over_time(sum by (pod) (a{M})[5m:1m])",
        "max_over_time(sum by (ns,pod) (a{" + MATCHERS + "})[5m:1m])");
  }

  @Test
  void groupingThatHasTheLabel_staysAsItIs() {
    assertText("sum by (ns, pod) (a{M})", "sum by (ns, pod) (a{" + MATCHERS + "})");
    assertThat(query("sum by (ns, pod) (a{M})").rows()).isEqualTo(Rows.GROUPED_ANYWAY);
  }

  @Test
  void withoutObjects_aTotalIsGroupedByTheAddedLabelAlone() {
    SeparableQuery total =
        SeparableQuery.of("sum(a{m=\"\"}) / sum(b{m=\"\"}) by ()", "m", Set.of(), Optional.of("ns"))
            .orElseThrow();
    assertThat(total.text("ns!=\"\""))
        .isEqualTo("sum by (ns) (a{ns!=\"\"}) / sum(b{ns!=\"\"}) by (ns)");
    assertThat(total.rows()).isEqualTo(Rows.ONE);
  }

  @Test
  void rows_tellWhatTheyAreToldApartBy() {
    assertThat(query("rate(a{M}[1m])").rows()).isEqualTo(Rows.SERIES);
    assertThat(query("sum by (pod) (a{M})").rows()).isEqualTo(Rows.ONE);
    assertThat(query("sum by (pod, x) (a{M})").rows()).isEqualTo(Rows.GROUPED);
  }

  @Test
  void selectors_comeWithTheirOffsets() {
    assertThat(query("sum by (pod) (rate(a{M}[5m] offset 1h) / b{M,x=\"}\"})").selectors(MATCHERS))
        .isEqualTo(List.of("a{" + MATCHERS + "} offset 1h", "b{" + MATCHERS + ",x=\"}\"}"));
  }

  private static void assertText(String query, String expected) {
    assertThat(query(query).text(MATCHERS)).isEqualTo(expected);
  }

  private static SeparableQuery query(String query) {
    return of(query.replaceAll("\\bM\\b", "marker=\"1\"")).orElseThrow();
  }

  private static Optional<SeparableQuery> of(String query) {
    return SeparableQuery.of(query, "marker", Set.of("pod"), Optional.of("ns"));
  }
}
