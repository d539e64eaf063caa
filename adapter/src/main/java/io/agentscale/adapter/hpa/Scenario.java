// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.PodGroup.Container;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Map;

/**
 * A sequence of reconciliations of one HPA.
 *
 * @param id echoed in the output
 * @param settings of the controller
 * @param spec at the start
 * @param allowInvalid whether the API's validation is skipped
 * @param containers of every pod that gives none itself
 * @param replicas asked for at the start
 * @param otherSelectors of the namespace's other HPAs, by name
 * @param steps the reconciliations, still as read
 */
record Scenario(
    String id,
    HpaSettings settings,
    HpaSpec spec,
    boolean allowInvalid,
    List<Container> containers,
    int replicas,
    Map<String, LabelSelector> otherSelectors,
    List<InputNode> steps) {}
