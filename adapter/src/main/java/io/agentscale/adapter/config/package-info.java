// SPDX-License-Identifier: Apache-2.0

/** The configuration file: what it may say, and what is assumed where it says nothing. */
@NullMarked
package io.agentscale.adapter.config;

import org.jspecify.annotations.NullMarked;
