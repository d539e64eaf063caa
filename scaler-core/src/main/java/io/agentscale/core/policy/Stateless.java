// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

/** The state of a recommender that remembers nothing. */
public record Stateless() {}
