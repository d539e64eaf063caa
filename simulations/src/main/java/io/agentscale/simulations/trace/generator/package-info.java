// SPDX-License-Identifier: Apache-2.0

/** Traffic made by a formula, the same for the same seed. */
@NullMarked
package io.agentscale.simulations.trace.generator;

import org.jspecify.annotations.NullMarked;
