// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One series of an external metric.
 *
 * @param labels of the series; absent for a scalar, which has none to speak of
 * @param value the amount
 * @param at when it was measured
 * @param window the time a rate was taken over, where the value is one
 */
public record ExternalMetricValue(
    Optional<Map<String, String>> labels, Quantity value, Instant at, Optional<Duration> window) {}
