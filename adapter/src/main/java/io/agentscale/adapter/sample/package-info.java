// SPDX-License-Identifier: Apache-2.0

/** What is known of a value, and how old it is. */
@NullMarked
package io.agentscale.adapter.sample;

import org.jspecify.annotations.NullMarked;
