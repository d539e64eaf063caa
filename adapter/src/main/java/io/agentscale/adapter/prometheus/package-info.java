// SPDX-License-Identifier: Apache-2.0

/** Asks Prometheus, and everything that speaks its query API, for typed answers. */
@NullMarked
package io.agentscale.adapter.prometheus;

import org.jspecify.annotations.NullMarked;
