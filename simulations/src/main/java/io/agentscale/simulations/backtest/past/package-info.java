// SPDX-License-Identifier: Apache-2.0

/** What a Prometheus knows of a workload's past: its demand, its replicas, its pods' starts. */
@NullMarked
package io.agentscale.simulations.backtest.past;

import org.jspecify.annotations.NullMarked;
