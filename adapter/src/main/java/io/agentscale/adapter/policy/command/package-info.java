// SPDX-License-Identifier: Apache-2.0

/** What can be done with policies before they are applied: checked, and given their autoscaler. */
@NullMarked
package io.agentscale.adapter.policy.command;

import org.jspecify.annotations.NullMarked;
