// SPDX-License-Identifier: Apache-2.0

/**
 * Certificates: the one the server shows, the authorities it believes, and files that change under
 * them.
 */
@NullMarked
package io.agentscale.apiservice.tls;

import org.jspecify.annotations.NullMarked;
