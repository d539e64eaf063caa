// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.schedule.ScheduledBounds;

/**
 * What a policy decided, without the words: a search that decides millions of times reads none.
 *
 * @param replicas how many there should be
 * @param served what a HorizontalPodAutoscaler is told
 * @param state for the next decision
 * @param scheduled all that the schedules said at that time
 */
public record PolicyOutcome(
    int replicas, ServedDemand served, PolicyState state, ScheduledBounds scheduled) {}
