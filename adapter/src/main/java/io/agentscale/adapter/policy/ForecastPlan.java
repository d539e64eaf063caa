// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import io.agentscale.core.policy.ForecastUse;
import java.time.Duration;

/**
 * How a policy forecasts.
 *
 * @param history how far back the demand is read when the service starts
 * @param lead how far ahead counts
 * @param use which quantile counts, and when it may
 */
public record ForecastPlan(Duration history, Lead lead, ForecastUse use) {}
