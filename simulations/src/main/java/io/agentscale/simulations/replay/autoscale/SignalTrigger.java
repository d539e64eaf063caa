// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.metric.Quantity;

/**
 * A trigger on a measured part of the load.
 *
 * @param signal what it measures
 * @param activation active is more than this
 */
record SignalTrigger(Signal signal, Quantity activation) implements KedaTrigger {
  @Override
  public Answer ask(ClusterView view) {
    double value = view.load().map(load -> load.of(signal)).orElse(Double.NaN);
    if (Double.isNaN(value)) {
      return new Answer.Failed(signal.text() + " is not known");
    }
    Quantity quantity = Quantity.of(value);
    return new Answer.Known(quantity, quantity.compareTo(activation) > 0);
  }
}
