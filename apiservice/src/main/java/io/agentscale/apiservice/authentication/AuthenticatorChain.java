// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import io.agentscale.apiservice.authentication.Authentication.Authenticated;
import io.agentscale.apiservice.authentication.Authentication.NotPresented;
import io.agentscale.apiservice.authentication.Authentication.Rejected;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Authenticators asked in order until one knows the credential. A credential that one rejects may
 * still be good for a later one, but is never taken for anonymous.
 */
public final class AuthenticatorChain implements Authenticator {
  private static final CompletionStage<Authentication> ANONYMOUS =
      CompletableFuture.completedStage(new Authenticated(User.ANONYMOUS));

  private final List<Authenticator> authenticators;

  public AuthenticatorChain(List<Authenticator> authenticators) {
    this.authenticators = List.copyOf(authenticators);
  }

  @Override
  public CompletionStage<Authentication> authenticate(Credentials credentials) {
    return ask(0, credentials, ANONYMOUS);
  }

  private CompletionStage<Authentication> ask(
      int index, Credentials credentials, CompletionStage<Authentication> otherwise) {
    if (index == authenticators.size()) {
      return otherwise;
    }
    return authenticators
        .get(index)
        .authenticate(credentials)
        .thenCompose(
            found ->
                switch (found) {
                  case Authenticated(User user) ->
                      CompletableFuture.completedStage(new Authenticated(user.authenticated()));
                  case NotPresented _ -> ask(index + 1, credentials, otherwise);
                  case Rejected rejected ->
                      ask(index + 1, credentials, CompletableFuture.completedStage(rejected));
                });
  }
}
