// SPDX-License-Identifier: Apache-2.0

/** The workloads that policies scale, with their pods and whatever else acts on them. */
@NullMarked
package io.agentscale.adapter.target;

import org.jspecify.annotations.NullMarked;
