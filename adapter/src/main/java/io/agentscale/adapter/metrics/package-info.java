// SPDX-License-Identifier: Apache-2.0

/** Which metric is answered by whom: every origin of metrics behind the API server's one door. */
@NullMarked
package io.agentscale.adapter.metrics;

import org.jspecify.annotations.NullMarked;
