// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.simulations.scenario.PolicyResult;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A page that fetches, that runs what it was given as text, or that grows without bound. */
final class ReportTest {
  @Test
  void page_asksForNothing_andHasNoMarkupOfItsData() {
    String page = Report.of(List.of(ResultFixture.day())).html();

    assertThat(page).doesNotContain("<img").doesNotContain("src=\"").doesNotContain("href=\"");
    assertThat(page).contains("default-src 'none'").doesNotContain("{{");
    assertThat(page).contains("\\u003c/script>\\u003cimg src=x");
  }

  @Test
  void page_isBounded_howeverManyReplays() {
    List<PolicyResult> many =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    new PolicyResult(
                        "policy " + i,
                        false,
                        ResultFixture.scores(1, 1, 1.0),
                        ResultFixture.rows(15, 40_320)))
            .toList();

    assertThat(Report.of(List.of(ResultFixture.result(many))).html()).hasSizeLessThan(6_000_000);
  }

  @Test
  void money_addsUpToWhatReplicasCost() {
    // 168.5 replica-hours for 252.75: a price of 1.5.
    double hours =
        ResultFixture.rows(15, 5760).stream()
                .limit(5759)
                .mapToDouble(row -> row.ready() + row.starting())
                .sum()
            * 15
            / 3600;
    String page = Report.of(List.of(ResultFixture.day())).html();
    String spent = page.substring(page.indexOf("\"spent\":["));
    String last = spent.substring(0, spent.indexOf(']'));

    assertThat(Double.parseDouble(last.substring(last.lastIndexOf(',') + 1)))
        .isCloseTo(hours * 1.5, org.assertj.core.data.Offset.offset(0.001));
  }

  @Test
  void noResults_areRefused() {
    assertThatThrownBy(() -> Report.of(List.of())).hasMessageContaining("at least one");
  }
}
