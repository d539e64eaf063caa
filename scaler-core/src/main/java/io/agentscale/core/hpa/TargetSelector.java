// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.metric.LabelSelector;

/** The selector a scale subresource names for its pods; parse it once and keep it. */
public sealed interface TargetSelector {

  /** Reads {@code scale.status.selector}. */
  static TargetSelector parse(String text) {
    if (text.isEmpty()) {
      return new Missing();
    }
    try {
      return new Parsed(text, LabelSelector.parse(text));
    } catch (IllegalArgumentException e) {
      return new Unparsable(String.valueOf(e.getMessage()));
    }
  }

  /** The scale names no selector. */
  record Missing() implements TargetSelector {}

  /** The selector is not one. */
  record Unparsable(String error) implements TargetSelector {}

  /**
   * A usable selector.
   *
   * @param text as the scale wrote it
   * @param selector what it means
   */
  record Parsed(String text, LabelSelector selector) implements TargetSelector {}
}
