// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

/** A stretch of time in seconds since the epoch, from its start up to, not including, its end. */
record Window(long start, long end) {}
