// SPDX-License-Identifier: Apache-2.0

/** What several commands read from their command lines in the same way. */
@NullMarked
package io.agentscale.simulations.options;

import org.jspecify.annotations.NullMarked;
