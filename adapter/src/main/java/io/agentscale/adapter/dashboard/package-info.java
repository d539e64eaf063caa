// SPDX-License-Identifier: Apache-2.0

/** The page that shows what policies think, and the numbers behind it. */
@NullMarked
package io.agentscale.adapter.dashboard;

import org.jspecify.annotations.NullMarked;
