// SPDX-License-Identifier: Apache-2.0

/** What a replay is judged by: late runs, replicas and money, elasticity, restlessness. */
@NullMarked
package io.agentscale.simulations.score;

import org.jspecify.annotations.NullMarked;
