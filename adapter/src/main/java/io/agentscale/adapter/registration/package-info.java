// SPDX-License-Identifier: Apache-2.0

/** Our registration with the cluster: the APIServices that lead to us, and the CA they trust. */
@NullMarked
package io.agentscale.adapter.registration;

import org.jspecify.annotations.NullMarked;
