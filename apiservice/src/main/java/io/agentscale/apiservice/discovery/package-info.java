// SPDX-License-Identifier: Apache-2.0

/** The documents that tell clients which groups, versions and metrics are served. */
@NullMarked
package io.agentscale.apiservice.discovery;

import org.jspecify.annotations.NullMarked;
