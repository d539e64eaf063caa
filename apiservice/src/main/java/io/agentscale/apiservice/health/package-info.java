// SPDX-License-Identifier: Apache-2.0

/** The checks behind /healthz, /livez and /readyz. */
@NullMarked
package io.agentscale.apiservice.health;

import org.jspecify.annotations.NullMarked;
