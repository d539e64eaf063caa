// SPDX-License-Identifier: Apache-2.0

/** Metric values and the selectors that choose them: the vocabulary every module shares. */
@NullMarked
package io.agentscale.core.metric;

import org.jspecify.annotations.NullMarked;
