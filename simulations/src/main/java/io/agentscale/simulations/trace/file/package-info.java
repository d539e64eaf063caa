// SPDX-License-Identifier: Apache-2.0

/** Traffic read from the rows of a file. */
@NullMarked
package io.agentscale.simulations.trace.file;

import org.jspecify.annotations.NullMarked;
