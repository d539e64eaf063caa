// SPDX-License-Identifier: Apache-2.0

/**
 * The HorizontalPodAutoscaler (autoscaling/v2) as the Kubernetes controller decides it, exact to
 * the last bit and without a cluster.
 */
@NullMarked
package io.agentscale.core.hpa;

import org.jspecify.annotations.NullMarked;
