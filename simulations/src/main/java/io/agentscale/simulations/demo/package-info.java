// SPDX-License-Identifier: Apache-2.0

/** The demo: sample agents under a synthetic load, and what the adapter says about them. */
@NullMarked
package io.agentscale.simulations.demo;

import org.jspecify.annotations.NullMarked;
