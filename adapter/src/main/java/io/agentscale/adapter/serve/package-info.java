// SPDX-License-Identifier: Apache-2.0

/** The running service: every part started with its configuration, and stopped in order. */
@NullMarked
package io.agentscale.adapter.serve;

import org.jspecify.annotations.NullMarked;
