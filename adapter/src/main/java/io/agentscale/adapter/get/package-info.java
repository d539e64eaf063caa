// SPDX-License-Identifier: Apache-2.0

/** Asking a running adapter, or a cluster's API server before it, from the command line. */
@NullMarked
package io.agentscale.adapter.get;

import org.jspecify.annotations.NullMarked;
