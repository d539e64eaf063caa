// SPDX-License-Identifier: Apache-2.0

/** Schedules as people write them: YAML, iCalendar files, and the preview of what they will do. */
@NullMarked
package io.agentscale.adapter.schedule;

import org.jspecify.annotations.NullMarked;
