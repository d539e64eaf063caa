// SPDX-License-Identifier: Apache-2.0

/** Who is asking: credentials, users, and the ways to tell one from the other. */
@NullMarked
package io.agentscale.apiservice.authentication;

import org.jspecify.annotations.NullMarked;
