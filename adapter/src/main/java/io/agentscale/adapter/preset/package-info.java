// SPDX-License-Identifier: Apache-2.0

/** The metrics served out of the box, and the series of known software they are read from. */
@NullMarked
package io.agentscale.adapter.preset;

import org.jspecify.annotations.NullMarked;
