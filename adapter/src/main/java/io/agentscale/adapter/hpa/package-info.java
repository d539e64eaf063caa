// SPDX-License-Identifier: Apache-2.0

/** The command {@code hpa}: what a HorizontalPodAutoscaler would decide, and why. */
@NullMarked
package io.agentscale.adapter.hpa;

import org.jspecify.annotations.NullMarked;
