// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/**
 * One metric of an HPA.
 *
 * @param source what is measured
 * @param target what it should be
 */
public record MetricSpec(MetricSource source, MetricTarget target) {}
