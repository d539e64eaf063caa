// SPDX-License-Identifier: Apache-2.0

/** The part of Go's text/template that rules may use, checked when a rule is loaded. */
@NullMarked
package io.agentscale.adapter.rules.template;

import org.jspecify.annotations.NullMarked;
