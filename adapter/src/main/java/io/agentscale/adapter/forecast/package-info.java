// SPDX-License-Identifier: Apache-2.0

/** Scores and draws forecasts of recorded series on the command line. */
@NullMarked
package io.agentscale.adapter.forecast;

import org.jspecify.annotations.NullMarked;
