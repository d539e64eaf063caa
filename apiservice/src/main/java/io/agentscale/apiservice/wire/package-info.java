// SPDX-License-Identifier: Apache-2.0

/** The documents of the metrics APIs, byte for byte as Kubernetes clients expect them. */
@NullMarked
package io.agentscale.apiservice.wire;

import org.jspecify.annotations.NullMarked;
