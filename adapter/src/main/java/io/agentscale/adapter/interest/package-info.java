// SPDX-License-Identifier: Apache-2.0

/** What autoscalers are about to ask for, known from the autoscalers themselves. */
@NullMarked
package io.agentscale.adapter.interest;

import org.jspecify.annotations.NullMarked;
