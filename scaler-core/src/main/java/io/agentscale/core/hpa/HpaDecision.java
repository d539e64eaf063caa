// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one reconciliation did, and why.
 *
 * @param replicas {@code scale.spec.replicas} after it; absent where the scale could not be read
 * @param action which way it changed them
 * @param error what it ended with, though it may have scaled
 * @param errorKind the same as the controller's own metrics label it
 * @param events in the order emitted
 * @param reasoning how it came to the replicas
 */
public record HpaDecision(
    OptionalInt replicas,
    Action action,
    Optional<String> error,
    ErrorKind errorKind,
    List<HpaEvent> events,
    Reasoning reasoning) {

  /** What a reconciliation did, by the label of the controller's own metrics. */
  public enum Action {
    SCALE_UP("scale_up"),
    SCALE_DOWN("scale_down"),
    NONE("none");

    private final String label;

    Action(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** Whose fault an error is, by the label of the controller's own metrics. */
  public enum ErrorKind {
    NONE("none"),
    INTERNAL("internal"),
    SPEC("spec");

    private final String label;

    ErrorKind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  public HpaDecision {
    events = List.copyOf(events);
  }

  public boolean rescaled() {
    return action != Action.NONE;
  }
}
