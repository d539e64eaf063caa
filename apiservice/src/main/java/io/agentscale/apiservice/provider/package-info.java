// SPDX-License-Identifier: Apache-2.0

/** The one door between the API server and whatever knows the values. */
@NullMarked
package io.agentscale.apiservice.provider;

import org.jspecify.annotations.NullMarked;
