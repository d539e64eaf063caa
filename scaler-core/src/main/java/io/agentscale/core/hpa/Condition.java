// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.time.Instant;
import java.util.Optional;

/**
 * A condition of an HPA's status.
 *
 * @param type AbleToScale, ScalingActive or ScalingLimited; empty by one quirk of 1.28
 * @param status True or False
 * @param reason a word for programs
 * @param message a sentence for people
 * @param since when the status last changed
 */
public record Condition(
    String type, String status, String reason, String message, Optional<Instant> since) {
  static final String ABLE_TO_SCALE = "AbleToScale";
  static final String SCALING_ACTIVE = "ScalingActive";
  static final String SCALING_LIMITED = "ScalingLimited";
  static final String TRUE = "True";
  static final String FALSE = "False";
}
