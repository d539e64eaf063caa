// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.Targets;
import io.agentscale.adapter.policy.live.DemandHistory;
import java.time.InstantSource;

/**
 * What the adapter of a demo works on instead of a cluster.
 *
 * @param clock everything that decides goes by
 * @param targets the workload
 * @param history of its demand
 */
public record DemoWorld(InstantSource clock, Targets targets, DemandHistory history) {}
