// SPDX-License-Identifier: Apache-2.0

/** Manifests checked for known traps before they are applied. */
@NullMarked
package io.agentscale.adapter.lint;

import org.jspecify.annotations.NullMarked;
