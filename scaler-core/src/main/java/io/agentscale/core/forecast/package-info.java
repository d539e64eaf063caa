// SPDX-License-Identifier: Apache-2.0

/** Forecasts one sample at a time: averaged regressions, calibrated bands, accuracy measured. */
@NullMarked
package io.agentscale.core.forecast;

import org.jspecify.annotations.NullMarked;
