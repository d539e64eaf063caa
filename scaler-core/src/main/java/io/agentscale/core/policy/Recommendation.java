// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

/**
 * A recommended replica count.
 *
 * @param replicas how many there should be
 * @param state what the recommender remembers, for its next recommendation
 * @param reason a sentence: the figures that led to the count
 * @param <S> the recommender's state
 */
public record Recommendation<S>(int replicas, S state, String reason) {}
