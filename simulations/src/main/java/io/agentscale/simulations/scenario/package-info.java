// SPDX-License-Identifier: Apache-2.0

/**
 * Scenarios: a YAML file that says what traffic meets what pods under which policies, and what came
 * of it.
 */
@NullMarked
package io.agentscale.simulations.scenario;

import org.jspecify.annotations.NullMarked;
