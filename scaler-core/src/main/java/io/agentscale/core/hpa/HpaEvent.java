// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/**
 * A Kubernetes event an HPA's reconciliation emits.
 *
 * @param type Normal or Warning
 * @param reason a word for programs
 * @param message a sentence for people
 */
public record HpaEvent(String type, String reason, String message) {
  static HpaEvent normal(String reason, String message) {
    return new HpaEvent("Normal", reason, message);
  }

  static HpaEvent warning(String reason, String message) {
    return new HpaEvent("Warning", reason, message);
  }
}
