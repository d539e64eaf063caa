// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import java.time.Instant;

/**
 * The state of a replay right after a decision; all as it really is, not as the autoscaler sees it.
 *
 * @param at the time of the decision
 * @param requestsPerSecond that arrived since the last one
 * @param demand runs in flight and queued
 * @param needed replicas of the minimal schedule
 * @param desired replicas asked for by the decision
 * @param starting replicas that are not Ready
 * @param ready replicas
 * @param inFlight runs in pods, those that drain included
 * @param queued runs waiting outside pods
 * @param reason of the decision
 */
public record TimelineRow(
    Instant at,
    double requestsPerSecond,
    double demand,
    int needed,
    int desired,
    int starting,
    int ready,
    double inFlight,
    double queued,
    String reason) {}
