// SPDX-License-Identifier: Apache-2.0

/** The request-level engine: every run by itself, from event to event. */
@NullMarked
package io.agentscale.simulations.replay.event;

import org.jspecify.annotations.NullMarked;
