// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import io.agentscale.simulations.replay.DataPlane;
import io.agentscale.simulations.replay.cluster.Fleet;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A recorded demand in place of runs that arrive: it is what it was, whatever pods there are. All
 * else of the load is unknown.
 */
final class RecordedDemand implements DataPlane {
  private final Recording recording;
  private final Supplier<Fleet> fleet;
  private Instant now;

  /**
   * @param fleet whose pods have nothing to finish when they go
   */
  RecordedDemand(Recording recording, Supplier<Fleet> fleet) {
    this.recording = recording;
    this.fleet = fleet;
    now = recording.start();
  }

  /** It is that time now, and nothing later is known. */
  void moveTo(Instant time) {
    now = time;
  }

  /** Returns the demand now; NaN if it is unknown. */
  double demand() {
    return recording.at(now);
  }

  /** The demand as a whole: whether it waits or runs was not recorded, and rules ask for either. */
  @Override
  public double runsWaiting() {
    return demand();
  }

  @Override
  public double runsServed() {
    return 0;
  }

  @Override
  public double runsDraining() {
    return 0;
  }

  @Override
  public double takeBusyCoreSeconds(double seconds) {
    return Double.NaN;
  }

  @Override
  public double arrived() {
    return Double.NaN;
  }

  @Override
  public double tokens() {
    return Double.NaN;
  }

  @Override
  public double late(double seconds) {
    return Double.NaN;
  }

  @Override
  public void beginScoring(double seconds) {}

  @Override
  public void serve(double seconds, int pod) {}

  @Override
  public void drain(double seconds, int pod) {
    fleet.get().gone(seconds, pod);
  }

  @Override
  public void kill(double seconds, int pod) {}

  @Override
  public double runs(int pod) {
    return 0;
  }
}
