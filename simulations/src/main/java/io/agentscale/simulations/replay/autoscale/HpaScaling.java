// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;

/**
 * A HorizontalPodAutoscaler, decided by the very code that is held against the real controller.
 *
 * @param name in tables
 * @param spec as a manifest says
 * @param settings of the controller
 * @param signals what its metrics measure
 * @param log is told what each decision was made by
 */
public record HpaScaling(
    String name, HpaSpec spec, HpaSettings settings, Signals signals, ObservationLog log)
    implements Autoscaler {

  public HpaScaling(String name, HpaSpec spec) {
    this(name, spec, HpaSettings.DEFAULT, Signals.DEFAULT, ObservationLog.NONE);
  }

  public HpaScaling withLog(ObservationLog other) {
    return new HpaScaling(name, spec, settings, signals, other);
  }

  @Override
  public Session begin(SessionContext context) {
    return new HpaSession(spec, settings, signals, context, false, log);
  }
}
