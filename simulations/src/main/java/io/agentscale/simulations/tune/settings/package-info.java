// SPDX-License-Identifier: Apache-2.0

/** The settings of a policy's manifests that a search may change, and how they are written back. */
@NullMarked
package io.agentscale.simulations.tune.settings;

import org.jspecify.annotations.NullMarked;
