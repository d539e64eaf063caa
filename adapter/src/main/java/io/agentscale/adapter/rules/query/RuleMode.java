// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.query;

/** How closely prometheus-adapter is followed where what it does is unsafe. */
public enum RuleMode {
  /**
   * Names are quoted in regular expressions, label keys are made valid, two rows for one object are
   * an error.
   */
  SAFE,
  /** Queries are prometheus-adapter's to the byte, the last row for an object wins, NaN is 0. */
  COMPATIBLE
}
