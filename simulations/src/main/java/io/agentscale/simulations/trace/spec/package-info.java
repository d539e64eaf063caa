// SPDX-License-Identifier: Apache-2.0

/** Traffic as a scenario writes it in YAML: where it comes from, and what is changed about it. */
@NullMarked
package io.agentscale.simulations.trace.spec;

import org.jspecify.annotations.NullMarked;
