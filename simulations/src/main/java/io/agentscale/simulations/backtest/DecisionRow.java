// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import io.agentscale.simulations.replay.TimelineRow;

/**
 * A decision of a replayed policy; NaN is unknown.
 *
 * @param state right after it; only its demand and its replicas are known
 * @param forecast of the demand at the lead, at the quantile provided for
 * @param floor of the bounds and schedules
 */
public record DecisionRow(TimelineRow state, double forecast, double floor) {}
