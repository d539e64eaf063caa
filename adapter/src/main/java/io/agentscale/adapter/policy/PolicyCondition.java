// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.time.Instant;

/**
 * One standing statement about a policy, as Kubernetes writes conditions.
 *
 * @param type which statement
 * @param status whether it holds
 * @param reason in one CamelCase word
 * @param message for people
 * @param lastTransition when the status last changed
 */
public record PolicyCondition(
    Type type, Status status, String reason, String message, Instant lastTransition) {

  /** What is stated. */
  public enum Type {
    READY("Ready"),
    DEMAND_KNOWN("DemandKnown"),
    FORECAST_ACTIVE("ForecastActive"),
    FLOOR_HELD("FloorHeld"),
    LIMITED("Limited"),
    CONFLICT("Conflict");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** Returns the type as Kubernetes shows it. */
    public String text() {
      return text;
    }
  }

  /** Whether it holds. */
  public enum Status {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    /** Returns the status as Kubernetes shows it. */
    public String text() {
      return text;
    }
  }
}
