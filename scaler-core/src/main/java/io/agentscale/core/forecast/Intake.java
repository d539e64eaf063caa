// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/** What became of a sample. */
public enum Intake {
  TAKEN,
  /** Older than a bucket already closed; what was learned from that bucket stands. */
  LATE,
  /** Not a finite number: unknown, and no number is made of it. */
  NOT_A_NUMBER
}
