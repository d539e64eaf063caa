// SPDX-License-Identifier: Apache-2.0

/** Scaling policies as the running service knows them: what they say, and what was decided last. */
@NullMarked
package io.agentscale.adapter.policy;

import org.jspecify.annotations.NullMarked;
