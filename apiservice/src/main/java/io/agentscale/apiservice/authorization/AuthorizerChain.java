// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.Decision.NoOpinion;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Authorizers asked in order until one allows or denies; if none does, nothing is allowed. */
public final class AuthorizerChain implements Authorizer {
  private static final CompletionStage<Decision> NONE =
      CompletableFuture.completedStage(Decision.NO_OPINION);

  private final List<Authorizer> authorizers;

  public AuthorizerChain(List<Authorizer> authorizers) {
    this.authorizers = List.copyOf(authorizers);
  }

  @Override
  public CompletionStage<Decision> authorize(User user, AccessRequest request) {
    return ask(0, user, request, NONE);
  }

  private CompletionStage<Decision> ask(
      int index, User user, AccessRequest request, CompletionStage<Decision> otherwise) {
    if (index == authorizers.size()) {
      return otherwise;
    }
    return authorizers
        .get(index)
        .authorize(user, request)
        .thenCompose(
            decision ->
                decision instanceof NoOpinion
                    ? ask(index + 1, user, request, CompletableFuture.completedStage(decision))
                    : CompletableFuture.completedStage(decision));
  }
}
