// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/**
 * The outcome of one reconciliation.
 *
 * @param decision what was done, and why
 * @param state to give to the next reconciliation
 */
public record HpaTransition(HpaDecision decision, HpaState state) {}
