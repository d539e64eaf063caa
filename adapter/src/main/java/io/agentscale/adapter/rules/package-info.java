// SPDX-License-Identifier: Apache-2.0

/** prometheus-adapter's rules: which metrics exist, what to ask Prometheus, what its rows mean. */
@NullMarked
package io.agentscale.adapter.rules;

import org.jspecify.annotations.NullMarked;
