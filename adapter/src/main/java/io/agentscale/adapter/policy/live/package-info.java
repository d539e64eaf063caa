// SPDX-License-Identifier: Apache-2.0

/**
 * The loop of the running service: demand read, decided upon, shown and acted on, policy by policy.
 */
@NullMarked
package io.agentscale.adapter.policy.live;

import org.jspecify.annotations.NullMarked;
