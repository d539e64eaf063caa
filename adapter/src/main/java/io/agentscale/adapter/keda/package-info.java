// SPDX-License-Identifier: Apache-2.0

/** Answers KEDA as an external scaler: policies' demand, and any external metric that is served. */
@NullMarked
package io.agentscale.adapter.keda;

import org.jspecify.annotations.NullMarked;
