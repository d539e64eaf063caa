// SPDX-License-Identifier: Apache-2.0

/** Serves gRPC on a port: certificates that follow their files, limits, health and reflection. */
@NullMarked
package io.agentscale.adapter.grpc;

import org.jspecify.annotations.NullMarked;
