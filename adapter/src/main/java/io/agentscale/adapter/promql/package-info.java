// SPDX-License-Identifier: Apache-2.0

/** The shape of PromQL: tokens and grammar, without functions, types or evaluation. */
@NullMarked
package io.agentscale.adapter.promql;

import org.jspecify.annotations.NullMarked;
