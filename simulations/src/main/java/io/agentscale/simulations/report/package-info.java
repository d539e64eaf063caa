// SPDX-License-Identifier: Apache-2.0

/** The report: what a scenario came to, as one page that needs nothing but itself. */
@NullMarked
package io.agentscale.simulations.report;

import org.jspecify.annotations.NullMarked;
