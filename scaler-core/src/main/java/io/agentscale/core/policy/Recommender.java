// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.time.Instant;

/**
 * Recommends a replica count from what is observed, as a pure function of its state, the load and
 * the time. The live service and the simulator call the very same objects.
 *
 * <p>Three rules hold for every recommender: bounds hold, a load that is unknown never lowers the
 * count, and the answer depends on nothing but the arguments, so that a restart from a stored state
 * decides the same. (Those that do not look at a part of the load do not notice that it is
 * unknown.)
 *
 * @param <S> what it has to remember between two recommendations; an immutable value
 */
public sealed interface Recommender<S>
    permits HorizontalPodAutoscaler,
        QueueRatio,
        QueueStep,
        StableAndPanicWindows,
        ServerlessWorkers,
        ScheduleOnly,
        ForecastOnly,
        CompositePolicy {

  /** Returns the state of a recommender that has seen nothing yet. */
  S initialState();

  /** Returns how many replicas there should be, why, and what to remember. */
  Recommendation<S> recommend(S state, Load load, Instant now);
}
