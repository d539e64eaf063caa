// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.options;

import io.agentscale.adapter.forecast.ProgressBar;
import io.agentscale.simulations.trace.prometheus.PrometheusRange.Progress;
import java.io.PrintWriter;

/**
 * A bar that is there while a Prometheus is read.
 *
 * @param err where it is drawn, if that is a terminal
 */
public record FetchBar(PrintWriter err) implements Progress {
  @Override
  public void reached(int done, int total) {
    ProgressBar bar = new ProgressBar(err, total);
    bar.reached(done);
    if (done == total) {
      bar.close();
    }
  }
}
