// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import io.agentscale.core.metric.LabelSelector;

/**
 * A question for an external metric.
 *
 * @param namespace of the HorizontalPodAutoscaler that asks
 * @param metric the metric's name
 * @param selector narrows the series; empty for all
 */
public record ExternalMetricQuery(String namespace, String metric, LabelSelector selector) {}
