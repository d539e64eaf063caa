// SPDX-License-Identifier: Apache-2.0

/**
 * A tuning from beginning to end: search on the first days by the fluid engine, the front verified
 * by the other one, a choice by rule, and the same on days the search has not seen.
 */
@NullMarked
package io.agentscale.simulations.tune.run;

import org.jspecify.annotations.NullMarked;
