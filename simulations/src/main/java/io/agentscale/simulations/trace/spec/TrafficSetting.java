// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.spec;

import io.agentscale.simulations.trace.prometheus.PrometheusRange.Progress;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What opening traffic needs of its surroundings.
 *
 * @param clock says what the last days are
 * @param cache where answers of a Prometheus are kept, unless the traffic names another place
 * @param progress hears how far reading a Prometheus is
 */
public record TrafficSetting(InstantSource clock, Path cache, Progress progress) {
  /** Returns a person's usual cache directory, the system's clock, and no progress. */
  public static TrafficSetting usual() {
    String home = System.getProperty("user.home", ".");
    String set = System.getenv("XDG_CACHE_HOME");
    Path base = set == null || set.isEmpty() ? Path.of(home, ".cache") : Path.of(set);
    return new TrafficSetting(
        InstantSource.system(), base.resolve("agentscale/prometheus"), (done, total) -> {});
  }

  /** Returns this with somebody who hears of progress. */
  public TrafficSetting with(Progress newProgress) {
    return new TrafficSetting(clock, cache, newProgress);
  }
}
