// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import io.agentscale.core.metric.Quantity;

/**
 * What something uses; there is none with only one of the two known.
 *
 * @param cpu cores, averaged over the window
 * @param memory bytes
 */
public record Usage(CpuCores cpu, Quantity memory) {}
