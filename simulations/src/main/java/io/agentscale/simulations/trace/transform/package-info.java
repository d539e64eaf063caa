// SPDX-License-Identifier: Apache-2.0

/**
 * Changes to traffic, applied one after the other: more or less of it, slower, later, a part of it,
 * several at once.
 */
@NullMarked
package io.agentscale.simulations.trace.transform;

import org.jspecify.annotations.NullMarked;
