// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

import io.agentscale.apiservice.authentication.User;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Allows everything to the group {@code system:masters}, to which the API server's own aggregator
 * belongs: its availability checks must never wait for a review.
 */
public final class SystemMasters implements Authorizer {
  private static final String GROUP = "system:masters";

  @Override
  public CompletionStage<Decision> authorize(User user, AccessRequest request) {
    return CompletableFuture.completedStage(
        user.groups().contains(GROUP) ? Decision.ALLOWED : Decision.NO_OPINION);
  }
}
