// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.tune.Candidate;

/**
 * A policy the search has tried.
 *
 * @param candidate which
 * @param worth what it was worth by the fluid engine on the training days
 */
public record Searched(Candidate candidate, Worth worth) implements PickRule.Priced {}
