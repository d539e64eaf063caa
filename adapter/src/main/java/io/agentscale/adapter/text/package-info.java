// SPDX-License-Identifier: Apache-2.0

/** Texts as they lie in memory. */
@NullMarked
package io.agentscale.adapter.text;

import org.jspecify.annotations.NullMarked;
