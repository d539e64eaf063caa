// SPDX-License-Identifier: Apache-2.0

/** What may be asked: access requests, and who decides on them. */
@NullMarked
package io.agentscale.apiservice.authorization;

import org.jspecify.annotations.NullMarked;
