// SPDX-License-Identifier: Apache-2.0

/** How commands find and are let in by a running adapter: kubeconfig files, given or local. */
@NullMarked
package io.agentscale.adapter.connection;

import org.jspecify.annotations.NullMarked;
