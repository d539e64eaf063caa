// SPDX-License-Identifier: Apache-2.0

/** Access decided by the cluster: whom its API server vouches for, and what it lets them read. */
@NullMarked
package io.agentscale.adapter.delegation;

import org.jspecify.annotations.NullMarked;
