// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

/**
 * What a policy decided.
 *
 * @param replicas how many there should be; while live demand is not known now, never fewer than
 *     present unless a limit says so
 * @param served what a HorizontalPodAutoscaler with {@code AverageValue: perReplica} is told
 * @param state for the next decision
 * @param explanation how it came about
 */
public record PolicyDecision(
    int replicas, ServedDemand served, PolicyState state, Explanation explanation) {}
