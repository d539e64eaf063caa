// SPDX-License-Identifier: Apache-2.0

/** The objects of the cluster, and the kinds they are of: what a metric can describe. */
@NullMarked
package io.agentscale.adapter.cluster;

import org.jspecify.annotations.NullMarked;
