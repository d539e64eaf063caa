// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.TestTraffic;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.TraceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real traces have what no invented one has; where they lie beside the checkout, all are read. */
final class SharedTracesTest {
  private static final Path TRACES = Path.of("../../shared/traces");

  @ParameterizedTest
  @CsvSource({
    "azure_vm_v2_cpu_5min, 300, 8640, 0",
    "crane_dsp_input01_1min, 60, 23040, 0",
    "crane_dsp_input02_1min, 60, 23040, 0",
    "crane_dsp_input05_1min, 60, 23040, 0",
    "crane_dsp_input08_1min, 60, 23040, 0",
    "crane_dsp_input09_1min, 60, 23040, 0",
    "crane_dsp_input12_1min, 60, 23040, 0",
    "crane_dsp_input14_1min, 60, 23040, 0",
    "nab_elb_request_count_5min, 300, 4040, 8",
    "nab_nyc_taxi_30min, 1800, 10320, 0",
    "nab_twitter_volume_AAPL_5min, 300, 15902, 0",
    "nab_twitter_volume_AMZN_5min, 300, 15831, 0",
    "nab_twitter_volume_GOOG_5min, 300, 15842, 0",
    "nasa_http95_1min, 60, 89280, 7884",
    "servegen_m_large_10min, 600, 2016, 0",
    "servegen_m_small_10min, 600, 2016, 0",
    "worldcup98_1min, 60, 125310, 10"
  })
  void series_isRead(String name, long stepSeconds, long steps, long unknown) {
    RateTraffic rates = (RateTraffic) open(name);
    long known = 0;
    long all = 0;
    try (RateCursor cursor = rates.open()) {
      while (cursor.next()) {
        all++;
        known += cursor.isKnown() ? 1 : 0;
      }
    }
    assertThat(rates.step()).isEqualTo(Duration.ofSeconds(stepSeconds));
    assertThat(all).isEqualTo(steps).isEqualTo(rates.steps());
    assertThat(all - known).isEqualTo(unknown);
  }

  @ParameterizedTest
  @CsvSource({"azure_llm_2023_code_requests, 8819", "mooncake_synthetic_requests, 3993"})
  void requests_areRead(String name, int count) {
    RequestTraffic requests = (RequestTraffic) open(name);
    assertThat(TestTraffic.arrivals(requests)).hasSize(count);
    assertThat(TestTraffic.count(requests.binned(Duration.ofSeconds(10))))
        .isCloseTo(count, within(1e-6));
  }

  private static Traffic open(String name) {
    Path path = TRACES.resolve(name + ".csv.gz");
    assumeTrue(Files.exists(path), "needs the traces of the directory shared, beside the checkout");
    TraceFile file = new TraceFile(path);
    return TraceFormat.sniff(file).open(file, ReadOptions.defaults());
  }
}
