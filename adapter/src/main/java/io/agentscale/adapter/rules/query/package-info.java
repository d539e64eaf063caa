// SPDX-License-Identifier: Apache-2.0

/** How a rule's template and a request become PromQL whose structure no request can change. */
@NullMarked
package io.agentscale.adapter.rules.query;

import org.jspecify.annotations.NullMarked;
