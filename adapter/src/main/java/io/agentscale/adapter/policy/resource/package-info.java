// SPDX-License-Identifier: Apache-2.0

/**
 * The custom resource {@code ScalingPolicy}: its form, its reading, and where policies come from.
 */
@NullMarked
package io.agentscale.adapter.policy.resource;

import org.jspecify.annotations.NullMarked;
