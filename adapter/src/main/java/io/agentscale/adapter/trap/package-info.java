// SPDX-License-Identifier: Apache-2.0

/** What keeps a workload from being scaled as intended, found before it hurts. */
@NullMarked
package io.agentscale.adapter.trap;

import org.jspecify.annotations.NullMarked;
