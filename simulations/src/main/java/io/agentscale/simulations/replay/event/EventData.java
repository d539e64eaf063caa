// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import io.agentscale.simulations.replay.DataPlane;

/** The request-level engine's runs, as the part of a replay that moves pods sees them. */
record EventData(EventReplay replay, Pods pods) implements DataPlane {

  @Override
  public void serve(double now, int pod) {
    pods.serve(now, pod);
  }

  @Override
  public void drain(double now, int pod) {
    pods.drain(now, pod);
  }

  @Override
  public void kill(double now, int pod) {
    pods.kill(pod);
  }

  @Override
  public double runs(int pod) {
    return pods.runsIn(pod);
  }

  @Override
  public double runsServed() {
    return pods.inServing();
  }

  @Override
  public double runsDraining() {
    return pods.inDraining();
  }

  @Override
  public double runsWaiting() {
    return pods.waiting();
  }

  @Override
  public double takeBusyCoreSeconds(double now) {
    return pods.takeBusyCoreSeconds(now);
  }

  @Override
  public double arrived() {
    return replay.arrived();
  }

  @Override
  public double tokens() {
    return replay.tokens();
  }

  @Override
  public double late(double now) {
    return replay.late(now);
  }

  @Override
  public void beginScoring(double now) {
    replay.beginScoring();
    pods.beginScoring();
  }
}
