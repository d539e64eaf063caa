// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.simulations.cost.CostStudy;

/**
 * What a traffic costs on each mixture of owned replicas and overflow.
 *
 * @param traffic its name in the scenario
 * @param currency for people
 * @param type of the owned replicas
 * @param study the mixtures
 */
public record HybridResult(String traffic, String currency, String type, CostStudy study) {}
