// SPDX-License-Identifier: Apache-2.0

/** What a policy would have done with a demand that was recorded, against what really ran. */
@NullMarked
package io.agentscale.simulations.backtest;

import org.jspecify.annotations.NullMarked;
