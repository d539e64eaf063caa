// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The value of a metric for one object.
 *
 * @param object what it describes
 * @param value the amount
 * @param at when it was measured
 * @param window the time a rate was taken over, where the value is one
 */
public record ObjectMetricValue(
    ObjectReference object, Quantity value, Instant at, Optional<Duration> window) {}
