// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

/** Is told how comparisons between one question for all and the question for one went. */
@FunctionalInterface
public interface BatchObserver {
  /** An observer that does not care. */
  BatchObserver NONE = same -> {};

  /** Called for every comparison, with whether the answers were the same. */
  void compared(boolean same);
}
