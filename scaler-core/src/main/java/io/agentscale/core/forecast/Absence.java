// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/** What a bucket without any sample means. */
public enum Absence {
  /** Nothing was measured; the value is unknown and nothing is learned from it. */
  UNKNOWN,
  /** Nothing happened, as in a log of requests: the value is zero. */
  ZERO
}
