// SPDX-License-Identifier: Apache-2.0

/**
 * How a pod serves runs: waiting for models and tools, computing, queueing, failing; and the
 * fitting of such a model to a measured table.
 */
@NullMarked
package io.agentscale.simulations.workload;

import org.jspecify.annotations.NullMarked;
