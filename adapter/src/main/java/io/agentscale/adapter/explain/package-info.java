// SPDX-License-Identifier: Apache-2.0

/** Why policies decided what they did: as JSON over HTTP, and as tables on the command line. */
@NullMarked
package io.agentscale.adapter.explain;

import org.jspecify.annotations.NullMarked;
