// SPDX-License-Identifier: Apache-2.0

/** What the service tells its operators about itself: its own metrics, its health and its logs. */
@NullMarked
package io.agentscale.adapter.ops;

import org.jspecify.annotations.NullMarked;
