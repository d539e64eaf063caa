// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

/** A way to set replicas, with all its settings; one object may serve many replays at once. */
public sealed interface Autoscaler
    permits FixedReplicas,
        Oracle,
        HpaScaling,
        PolicyScaling,
        OwnScaling,
        RecommenderScaling,
        KedaScaling,
        SeasonalNaive,
        Informed,
        Recorded {

  /** Returns its name in tables. */
  String name();

  /** Begins a replay: nothing is remembered of another. */
  Session begin(SessionContext context);
}
