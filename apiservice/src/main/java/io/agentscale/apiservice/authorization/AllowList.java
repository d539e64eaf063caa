// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

import io.agentscale.apiservice.authentication.User;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A fixed list of who may read what, for servers that stand outside a cluster. */
public final class AllowList implements Authorizer {
  private final List<AllowRule> rules;

  public AllowList(List<AllowRule> rules) {
    this.rules = List.copyOf(rules);
  }

  @Override
  public CompletionStage<Decision> authorize(User user, AccessRequest request) {
    boolean allowed = rules.stream().anyMatch(rule -> rule.allows(user, request));
    return CompletableFuture.completedStage(allowed ? Decision.ALLOWED : Decision.NO_OPINION);
  }
}
