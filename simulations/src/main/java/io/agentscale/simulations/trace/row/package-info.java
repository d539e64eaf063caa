// SPDX-License-Identifier: Apache-2.0

/** Rows of text read one at a time, as CSV or as JSON lines, in place and without objects. */
@NullMarked
package io.agentscale.simulations.trace.row;

import org.jspecify.annotations.NullMarked;
