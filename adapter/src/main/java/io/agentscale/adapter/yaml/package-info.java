// SPDX-License-Identifier: Apache-2.0

/**
 * Strict reading of YAML files: every problem is reported, each with its line, column and field.
 */
@NullMarked
package io.agentscale.adapter.yaml;

import org.jspecify.annotations.NullMarked;
