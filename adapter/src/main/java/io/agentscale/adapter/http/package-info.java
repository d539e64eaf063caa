// SPDX-License-Identifier: Apache-2.0

/** What asking over HTTP needs everywhere: a hard deadline, a byte limit, a failure with a name. */
@NullMarked
package io.agentscale.adapter.http;

import org.jspecify.annotations.NullMarked;
