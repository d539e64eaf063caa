// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * How much one expert counted in a forecast.
 *
 * @param name what it says, as "as last week"
 * @param weight its share, of 1
 * @param value what it forecast, in the series' unit
 */
public record ExpertShare(String name, double weight, double value) {}
