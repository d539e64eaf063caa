// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The documentation's figures come from these files: each has to hold in a quick version too. */
final class ReproductionsTest {
  private static final Path SCENARIOS = Path.of("scenarios");
  private static final Path TRACES = Path.of("../../shared/traces");

  private static ScenarioResult run(String file, String from, String to) throws IOException {
    return outcome(file, from, to).result();
  }

  private static Outcome outcome(String file, String from, String to) throws IOException {
    String text = Files.readString(SCENARIOS.resolve(file));
    assertThat(text).contains(from);
    return TestScenario.run(
        ScenarioFile.parse(file, SCENARIOS.toAbsolutePath(), text.replace(from, to)));
  }

  private static PolicyScores of(ScenarioResult result, String name) {
    return result.policies().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .scores();
  }

  private static double money(PolicyScores scores) {
    return Optional.ofNullable(scores.money()).orElseThrow();
  }

  @Test
  void publishedDay_savesWhatIsPublished_andTheTunedPolicyMore() throws IOException {
    ScenarioResult result = run("published-day.yaml", "duration: 730h", "duration: 2d");
    double hosts = 14_000 * 48.0 / 730;
    PolicyScores hpa = of(result, "HPA case C");
    PolicyScores tuned = of(result, "tuned");
    assertThat(1 - money(hpa) / hosts).isBetween(0.60, 0.67);
    assertThat(money(tuned)).isLessThan(money(hpa));
    assertThat(tuned.latePercent()).isLessThanOrEqualTo(hpa.latePercent());
  }

  @Test
  void monthlyHybrid_isCheaperThanOwnedAndThanOverflowAlone() throws IOException {
    Outcome outcome = outcome("monthly-hybrid.yaml", "name:", "name:");
    var study = outcome.hybrids().getFirst().study();
    assertThat(study.ownedOnly().money()).isBetween(2_350.0, 2_450.0);
    assertThat(study.best().money()).isBetween(1_350.0, 1_450.0);
    assertThat(study.best().owned()).isEqualTo(1);
    assertThat(study.overflowOnly().money()).isGreaterThan(study.best().money());
  }

  @Test
  void crowdedPod_collapsesOnlyWithoutACap() throws IOException {
    assertThat(late("metastable-cap-none.yaml")).isGreaterThan(30);
    assertThat(late("metastable-cap-12.yaml")).isLessThan(1);
    assertThat(late("metastable-cap-20.yaml")).isLessThan(1);
  }

  private static double late(String file) throws IOException {
    return of(run(file, "engine: event", "engine: fluid"), "one pod").latePercent();
  }

  @Test
  void controlBaselines_areLateAsOftenAsPublished() throws IOException {
    assumeThat(TRACES).as("traces in ../shared, beside the checkout").isDirectory();
    String text = Files.readString(SCENARIOS.resolve("control-baselines.yaml"));
    String[] lines = text.split("\n", -1);
    StringBuilder quick = new StringBuilder();
    for (String line : lines) {
      boolean leftOut =
          line.startsWith("- {name: ") && line.contains("traces") && !line.contains("crane_02");
      quick.append(leftOut || line.contains("30 s start") || line.contains("240 s") ? "" : line);
      quick.append('\n');
    }
    String yaml =
        quick
            .toString()
            .replace("*scaled", "[{scaleTo: {quantile: 0.999, requestsPerSecond: 150}}]")
            .replace("*seen", "{rateWindow: 30s, gaugeWindow: 30s, refresh: 15s}")
            .replace("${traces}", TRACES.toAbsolutePath().normalize().toString());
    ScenarioResult result = TestScenario.run(TestScenario.parsed(yaml)).result();
    assertThat(result.cases()).hasSize(1);
    // Published of this very traffic: 2.20 and 0.52 %.
    assertThat(of(result, "in-flight 6, waiting too").latePercent()).isBetween(1.9, 2.5);
    assertThat(of(result, "hybrid7 q95").latePercent()).isBetween(0.3, 0.7);
    assertThat(of(result, "tuned").latePercent())
        .isLessThan(of(result, "hybrid6 q95").latePercent());
    assertThat(of(result, "HPA in-flight 7").latePercent())
        .isLessThan(of(result, "HPA CPU 70 %").latePercent());
    assertThat(of(result, "HPA CPU 60 %").latePercent())
        .isLessThan(of(result, "HPA CPU 70 %").latePercent());
    assertThat(of(result, "oracle").latePercent()).isLessThan(0.2);
    assertThat(of(result, "oracle").costRatio()).isBetween(1.0, 1.1);
  }
}
