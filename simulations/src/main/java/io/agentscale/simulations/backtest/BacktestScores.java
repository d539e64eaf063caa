// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import io.agentscale.simulations.score.Score.Elasticity;
import org.jspecify.annotations.Nullable;

/**
 * What the replicas of a stretch are judged by, would-be and real ones alike; the fields of the
 * JSON have these names. Only steps count of which all is known. Numbers have four decimals at
 * most; what is not known is null.
 *
 * @param replicaHours of the replicas asked for, ready or not
 * @param money the replica-hours cost; null without a price
 * @param costRatio replica-hours over those of the minimal schedule: the fewest replicas that carry
 *     each step's demand, at least 1
 * @param minimalHours of the minimal schedule
 * @param readyHours of the ready replicas
 * @param shortMinutes with more demand than the ready replicas carry
 * @param shortTimePercent the share of the time that is
 * @param shortDemandPercent the share of all demand that was above what the ready replicas carry
 * @param worstShortDemand the most demand above what they carry
 * @param overTimePercent of the time with more ready replicas than the minimal schedule
 * @param wastedHours of ready replicas above it
 * @param underProvisionedPercent SPEC's under-provisioning accuracy, see {@link Elasticity}
 * @param overProvisionedPercent SPEC's over-provisioning accuracy
 * @param mostReplicas ready at once
 * @param scaleActions changes of the count asked for
 * @param flaps changes within 10 minutes of one in the other direction
 * @param forecastSkill the part of the error saved over naive forecasts
 * @param forecastCoverage the share of outcomes within the forecast
 */
public record BacktestScores(
    double replicaHours,
    @Nullable Double money,
    double costRatio,
    double minimalHours,
    double readyHours,
    double shortMinutes,
    double shortTimePercent,
    double shortDemandPercent,
    double worstShortDemand,
    double overTimePercent,
    double wastedHours,
    double underProvisionedPercent,
    double overProvisionedPercent,
    int mostReplicas,
    long scaleActions,
    long flaps,
    @Nullable Double forecastSkill,
    @Nullable Double forecastCoverage) {}
