// SPDX-License-Identifier: Apache-2.0

/** Asking the cluster's API server, and remembering for a short while what it said. */
@NullMarked
package io.agentscale.apiservice.review;

import org.jspecify.annotations.NullMarked;
