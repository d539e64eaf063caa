// SPDX-License-Identifier: Apache-2.0

/**
 * Takes the metrics that agents push by OpenTelemetry's protocol, and reads the presets off them.
 */
@NullMarked
package io.agentscale.adapter.otlp;

import org.jspecify.annotations.NullMarked;
