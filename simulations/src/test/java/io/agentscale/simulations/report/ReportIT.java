// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.browser.RealBrowser;
import io.agentscale.simulations.report.Pareto.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report that a browser refuses, or that shows other numbers than the results, is worthless. */
final class ReportIT {
  private static RealBrowser browser;
  @TempDir private static Path directory;

  @BeforeAll
  static void open() throws IOException {
    browser = RealBrowser.start();
    Path file = directory.resolve("report.html");
    Report.of(List.of(ResultFixture.day()))
        .with(
            new Pareto(
                "cost",
                List.of(new Point("a", 1.2, 3), new Point("b", 1.4, 2)),
                List.of(new Point("c", 1.1, 1)),
                List.of(new Point("present", 1.3, 2.5)),
                List.of(new Point("c", 1.1, 1))))
        .withFact("Command", "agentscale simulate <b>")
        .write(file);
    browser.open(file.toUri());
    browser.await("document.querySelectorAll('.chart canvas').length === 5");
  }

  @AfterAll
  static void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void page_showsTheResultsNumbers() {
    assertThat(row("#comparisons tbody tr", 0))
        .startsWith(ResultFixture.NASTY + "|0.42 %|1.217|168.5|252.75|512|512|1,024");
    assertThat(row("#comparisons tbody tr", 1)).contains("HPA CPU 60 % (baseline)|2.56 %|1.360");
    assertThat(row("#comparisons tbody tr", 1)).contains("unknown");
    assertThat(browser.text("document.getElementById('latency').textContent")).contains("1,024 ms");
    assertThat(browser.text("document.getElementById('facts').textContent"))
        .contains("agentscale simulate <b>")
        .contains("seed 7");
  }

  @Test
  void page_isQuiet_andAsksForNothing() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requested())
        .allSatisfy(address -> assertThat(address).startsWith("file:").endsWith("report.html"));
    assertThat(browser.evaluate("document.querySelectorAll('img').length").asInt()).isZero();
  }

  @Test
  void decisions_areFilteredByAWordOfTheReason() {
    int all = listed();
    type("filter", "asks for");
    assertThat(listed()).isPositive().isLessThan(all);
    assertThat(browser.text("document.querySelector('#decisions tbody').textContent"))
        .doesNotContain("stabilized");
    type("filter", "no such reason");
    assertThat(listed()).isZero();
    type("filter", "");
    assertThat(listed()).isEqualTo(all);
  }

  @Test
  void policy_isChosen_andItsChartsFollow() {
    browser.evaluate(
        "const s = document.getElementById('policy'); s.value = '1';"
            + " s.dispatchEvent(new Event('change'));");
    assertThat(browser.text("document.querySelector('.policy-name').textContent"))
        .isEqualTo("HPA CPU 60 %");
    browser.evaluate("s.value = '0'; s.dispatchEvent(new Event('change'));");
    assertThat(browser.text("document.querySelector('.policy-name').textContent"))
        .isEqualTo(ResultFixture.NASTY);
  }

  @Test
  void chart_tellsItsValuesByKeyboard() {
    browser.evaluate("document.querySelector('#replicas [role=img]').focus()");
    browser.press("ArrowRight");
    browser.await(
        "document.querySelector('#replicas .chart-values').textContent.includes('desired 1')");
    assertThat(browser.text("document.querySelector('#replicas .chart-values').textContent"))
        .contains("2026-03-02 00:00:00Z")
        .contains("ready 2");
  }

  @Test
  void dark_hasOtherColours() {
    browser.prefer("light");
    String light = background();
    browser.prefer("dark");
    assertThat(background()).isNotEqualTo(light);
    browser.prefer("light");
  }

  @Test
  void paper_hasPages() {
    byte[] printed = browser.print();
    String pdf = new String(printed, ISO_8859_1);
    assertThat(pdf).startsWith("%PDF-");
    assertThat(printed.length).isGreaterThan(20_000);
    assertThat(pdf.split("/Type /Page\\b", -1).length - 1).isGreaterThanOrEqualTo(2);
  }

  private static String background() {
    return browser.text("getComputedStyle(document.body).backgroundColor");
  }

  private static int listed() {
    return browser.evaluate("document.querySelectorAll('#decisions tbody tr').length").asInt();
  }

  private static void type(String field, String text) {
    browser.evaluate(
        "{ const f = document.getElementById('%s'); f.value = '%s';".formatted(field, text)
            + " f.dispatchEvent(new Event('input')); }");
  }

  private static String row(String selector, int index) {
    return browser.text(
        "[...document.querySelectorAll('%s')[%d].children].map(c => c.textContent).join('|')"
            .formatted(selector, index));
  }
}
