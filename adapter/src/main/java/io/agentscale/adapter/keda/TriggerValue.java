// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.core.metric.Quantity;

/**
 * What is known of a trigger now.
 *
 * @param demand not negative
 * @param active whether there should be any replica
 */
record TriggerValue(Quantity demand, boolean active) {}
