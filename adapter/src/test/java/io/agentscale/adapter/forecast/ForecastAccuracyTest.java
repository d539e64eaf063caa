// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.agentscale.core.forecast.Absence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A change that makes forecasts worse must not pass unseen, nor one that flatters them by scoring
 * otherwise than the simple methods were scored.
 */
final class ForecastAccuracyTest {
  private static final Duration TEN = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);

  private static List<Backtest.Result> scored(Path file, Duration step, Absence absence)
      throws IOException {
    Series series = SeriesCsv.of(file).read(step, absence);
    List<Duration> horizons = step.equals(TEN) ? List.of(TEN, HOUR) : List.of(HOUR);
    return new Backtest(series, horizons, Backtest.QUANTILES).run(done -> {}, made -> {});
  }

  private static void assertRatios(Backtest.Result result, double mase, double pinball95) {
    assertThat(result.ours().mase() / result.naive().mase()).isLessThan(mase);
    double ours = result.ours().quantiles().getLast().pinball();
    assertThat(ours / result.naive().quantiles().getLast().pinball()).isLessThan(pinball95);
    assertThat(result.ours().quantiles())
        .allSatisfy(q -> assertThat(q.coverage()).isCloseTo(q.p(), within(0.015)));
  }

  @Test
  void weeklyRhythm_isLearned() throws IOException {
    var results = scored(Traces.file("crane_dsp_input12_1min.csv.gz"), TEN, Absence.UNKNOWN);

    assertRatios(results.get(0), 0.71, 0.63);
    assertRatios(results.get(1), 0.46, 0.52);
  }

  @Test
  void burstyModelTraffic_isNoWorseThanNaive() throws IOException {
    var results = scored(Traces.file("servegen_m_small_10min.csv.gz"), TEN, Absence.UNKNOWN);

    assertRatios(results.get(0), 0.99, 0.95);
    assertRatios(results.get(1), 0.91, 0.78);
  }

  @Test
  void halfHourSteps_areForecastToo() throws IOException {
    var results =
        scored(Traces.file("nab_nyc_taxi_30min.csv.gz"), Duration.ofMinutes(30), Absence.UNKNOWN);

    assertRatios(results.getFirst(), 0.25, 0.27);
  }

  @Test
  void simpleMethods_scoreWhatTheyScoredBefore() throws IOException {
    Path baselines = Traces.baselines();
    var results = scored(Traces.file("crane_dsp_input14_1min.csv.gz"), TEN, Absence.UNKNOWN);
    int compared = 0;
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(baselines)) {
      for (NamedCsvRecord row : rows) {
        if (row.getField("series").equals("crane_14")) {
          compared += compare(row, results.get(row.getField("horizon_min").equals("10") ? 0 : 1));
        }
      }
    }
    assertThat(compared).isEqualTo(4);
  }

  private static int compare(NamedCsvRecord row, Backtest.Result result) {
    Score score;
    switch (row.getField("method")) {
      case "naive" -> score = result.naive();
      case "SN-day" -> score = result.seasonalNaive();
      default -> {
        return 0;
      }
    }
    assertThat(score.origins()).isEqualTo(Integer.parseInt(row.getField("n_origins")));
    assertThat(score.mase()).isCloseTo(number(row, "MASE"), within(6e-5));
    assertThat(score.smape()).isCloseTo(number(row, "sMAPE"), within(6e-5));
    Score.OfQuantile q95 = score.quantiles().getLast();
    assertThat(q95.pinball()).isCloseTo(number(row, "scaled_pinball_0.95"), within(6e-5));
    assertThat(100 * q95.coverage()).isCloseTo(number(row, "coverage_0.95"), within(6e-5));
    return 1;
  }

  private static double number(NamedCsvRecord row, String field) {
    return Double.parseDouble(row.getField(field));
  }
}
