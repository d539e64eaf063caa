// SPDX-License-Identifier: Apache-2.0

/**
 * HTTPS: connections, routes, deadlines and limits, between the network and the metrics provider.
 */
@NullMarked
package io.agentscale.apiservice.server;

import org.jspecify.annotations.NullMarked;
