// SPDX-License-Identifier: Apache-2.0

/** What pods and nodes use, by the configuration's {@code resourceRules}. */
@NullMarked
package io.agentscale.adapter.usage;

import org.jspecify.annotations.NullMarked;
