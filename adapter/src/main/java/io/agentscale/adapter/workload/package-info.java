// SPDX-License-Identifier: Apache-2.0

/** A workload and everything that acts on its replicas, as their manifests say. */
@NullMarked
package io.agentscale.adapter.workload;

import org.jspecify.annotations.NullMarked;
