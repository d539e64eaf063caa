// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaTransition;

/**
 * A decision with everything it was made from.
 *
 * @param settings of the controller
 * @param step what was seen
 * @param transition what came of it
 */
record Explanation(HpaSettings settings, Step step, HpaTransition transition) {}
