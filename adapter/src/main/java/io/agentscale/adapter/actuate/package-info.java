// SPDX-License-Identifier: Apache-2.0

/**
 * What policies write to the cluster: bounds held on autoscalers, replica counts of their own, and
 * the order in which pods go; and how all of it is given back.
 */
@NullMarked
package io.agentscale.adapter.actuate;

import org.jspecify.annotations.NullMarked;
