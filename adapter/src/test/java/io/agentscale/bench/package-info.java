// SPDX-License-Identifier: Apache-2.0

/** Measures the running service from outside: requests a second, latency, memory, start. */
@NullMarked
package io.agentscale.bench;

import org.jspecify.annotations.NullMarked;
