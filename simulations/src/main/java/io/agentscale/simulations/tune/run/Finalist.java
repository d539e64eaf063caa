// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.tune.Candidate;

/**
 * One of the front, replayed by both engines on the training days.
 *
 * @param candidate which
 * @param searched what it was worth by the fluid engine
 * @param worth what it was worth by the verifying engine
 */
public record Finalist(Candidate candidate, Worth searched, Worth worth)
    implements PickRule.Priced {}
