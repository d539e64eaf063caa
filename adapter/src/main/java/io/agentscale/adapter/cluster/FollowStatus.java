// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * How well the objects of a kind are known.
 *
 * @param synced whether they were listed completely at least once
 * @param failure why they are not followed now; what was known last is still served
 */
public record FollowStatus(boolean synced, Optional<Failure> failure) {

  /**
   * An interruption that lasts.
   *
   * @param since when the API server first failed us; what is known is that old
   * @param httpStatus of its last answer; 0 if there was none
   * @param cause its last answer
   */
  public record Failure(Instant since, int httpStatus, String cause) {
    private static final int NOT_FOUND = 404;

    /** Tells whether the cluster has no such kind: it knows the way, and nothing is there. */
    public boolean isNotInstalled() {
      return httpStatus == NOT_FOUND;
    }
  }
}
