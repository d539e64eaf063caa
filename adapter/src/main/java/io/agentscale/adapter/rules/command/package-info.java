// SPDX-License-Identifier: Apache-2.0

/** What a person can ask about a file of rules before it is served. */
@NullMarked
package io.agentscale.adapter.rules.command;

import org.jspecify.annotations.NullMarked;
