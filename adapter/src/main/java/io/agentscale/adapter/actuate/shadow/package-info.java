// SPDX-License-Identifier: Apache-2.0

/** Workloads that are none: what a real HorizontalPodAutoscaler can scale while nothing moves. */
@NullMarked
package io.agentscale.adapter.actuate.shadow;

import org.jspecify.annotations.NullMarked;
