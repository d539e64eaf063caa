// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import io.agentscale.core.metric.Quantity;
import java.time.Duration;

/**
 * When a workload that may have no replica at all gets its first one and loses its last.
 *
 * @param threshold demand above which the first replica is wanted; none is lost while it lasts
 * @param idleFor how long demand must have been known and no higher before the last one goes
 */
public record Activation(Quantity threshold, Duration idleFor) {}
