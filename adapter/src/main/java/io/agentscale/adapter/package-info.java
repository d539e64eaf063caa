// SPDX-License-Identifier: Apache-2.0

/** The main program of the running service; each package beneath is one stage of its pipeline. */
@NullMarked
package io.agentscale.adapter;

import org.jspecify.annotations.NullMarked;
