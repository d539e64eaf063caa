// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.workload.PodModel;

/**
 * What an autoscaler is told at the beginning of a replay.
 *
 * @param pod the model of the pods
 * @param cluster they run in
 */
public record SessionContext(PodModel pod, Cluster cluster) {}
