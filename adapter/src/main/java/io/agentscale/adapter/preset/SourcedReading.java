// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import io.agentscale.adapter.sample.Reading;
import java.util.Optional;

/**
 * What is known of a metric on one pod, and from whose series.
 *
 * @param reading the value, or why there is none
 * @param source whose series were read; absent when the pod exposes none of them
 */
public record SourcedReading(Reading reading, Optional<Source> source) {}
