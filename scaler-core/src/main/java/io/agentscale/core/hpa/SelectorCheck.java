// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether the target's selector names its pods beyond doubt.
 *
 * @param spec of the HPA
 * @param observation holds the pods and the other HPAs' selectors
 */
record SelectorCheck(HpaSpec spec, Observation observation) {

  /** The outcome. */
  sealed interface Outcome {}

  /** The selector names these pods. */
  record Usable(TargetPods pods) implements Outcome {}

  /**
   * The selector cannot be used.
   *
   * @param eventReason of the event, whose message is the error
   * @param error the run ends with
   * @param conditionReason of ScalingActive
   * @param conditionMessage of ScalingActive
   */
  record Refused(String eventReason, String error, String conditionReason, String conditionMessage)
      implements Outcome {}

  Outcome check(TargetSelector selector) {
    return switch (selector) {
      case TargetSelector.Missing _ ->
          new Refused(
              "SelectorRequired",
              "selector is required",
              "InvalidSelector",
              "the HPA target's scale is missing a selector");
      case TargetSelector.Unparsable unparsable -> {
        String error =
            "couldn't convert selector into a corresponding internal selector object: "
                + unparsable.error();
        yield new Refused("InvalidSelector", error, "InvalidSelector", error);
      }
      case TargetSelector.Parsed parsed -> check(parsed);
    };
  }

  private Outcome check(TargetSelector.Parsed parsed) {
    var pods = new TargetPods(observation.pods(), parsed.selector());
    List<String> others = new ArrayList<>();
    observation
        .otherSelectors()
        .forEach(
            (name, selector) -> {
              if (pods.overlaps(selector)) {
                others.add(spec.namespace() + "/" + name);
              }
            });
    if (others.isEmpty()) {
      return new Usable(pods);
    }
    others.add(spec.namespace() + "/" + spec.name());
    String error =
        "pods by selector "
            + parsed.text()
            + " are controlled by multiple HPAs: ["
            + String.join(" ", others.stream().sorted().toList())
            + "]";
    return new Refused("AmbiguousSelector", error, "AmbiguousSelector", error);
  }
}
