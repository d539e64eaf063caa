// SPDX-License-Identifier: Apache-2.0

/** Traffic out of a running Prometheus, asked for in pieces that are kept. */
@NullMarked
package io.agentscale.simulations.trace.prometheus;

import org.jspecify.annotations.NullMarked;
