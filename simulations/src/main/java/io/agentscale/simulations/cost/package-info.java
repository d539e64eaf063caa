// SPDX-License-Identifier: Apache-2.0

/**
 * What capacity costs: owned replicas, serverless overflow, tokens by the thousand, and mixtures.
 */
@NullMarked
package io.agentscale.simulations.cost;

import org.jspecify.annotations.NullMarked;
