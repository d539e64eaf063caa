// SPDX-License-Identifier: Apache-2.0

/** Fitting pod models to load tests, and the command that does it. */
@NullMarked
package io.agentscale.simulations.workload.fit;

import org.jspecify.annotations.NullMarked;
