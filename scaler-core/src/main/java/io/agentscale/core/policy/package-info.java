// SPDX-License-Identifier: Apache-2.0

/** How many replicas a workload should have: the recommenders of the field, and our own policy. */
@NullMarked
package io.agentscale.core.policy;

import org.jspecify.annotations.NullMarked;
