// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.authentication.Authentication.Authenticated;
import io.agentscale.apiservice.authentication.Authentication.NotPresented;
import io.agentscale.apiservice.authentication.Authentication.Rejected;
import io.agentscale.apiservice.authentication.Authenticator;
import io.agentscale.apiservice.authentication.Credentials;
import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.AccessRequest;
import io.agentscale.apiservice.authorization.Authorizer;
import io.agentscale.apiservice.authorization.Decision.Allowed;
import io.agentscale.apiservice.authorization.Decision.Denied;
import io.agentscale.apiservice.authorization.Decision.NoOpinion;
import io.agentscale.apiservice.wire.Status;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate before every endpoint: who asks, and whether they may. */
final class Access {
  private static final Logger log = LoggerFactory.getLogger(Access.class);

  private final Authenticator authenticator;
  private final Authorizer authorizer;

  Access(Authenticator authenticator, Authorizer authorizer) {
    this.authenticator = authenticator;
    this.authorizer = authorizer;
  }

  /** Returns why the request is refused; empty if it may be served. */
  CompletionStage<Optional<Status>> objection(Credentials credentials, AccessRequest request) {
    return authenticator
        .authenticate(credentials)
        .thenCompose(
            found ->
                switch (found) {
                  case Authenticated(User user) -> authorize(user, request);
                  case NotPresented _ -> unauthorized("no credential");
                  case Rejected(String cause) -> unauthorized(cause);
                });
  }

  private static CompletionStage<Optional<Status>> unauthorized(String cause) {
    log.atDebug().addKeyValue("cause", cause).log("request not authenticated");
    return CompletableFuture.completedStage(Optional.of(Status.unauthorized()));
  }

  private CompletionStage<Optional<Status>> authorize(User user, AccessRequest request) {
    return authorizer
        .authorize(user, request)
        .thenApply(
            decision ->
                switch (decision) {
                  case Allowed _ -> Optional.empty();
                  case Denied(String reason) -> Optional.of(Refusal.of(user, request, reason));
                  case NoOpinion(String reason) -> Optional.of(Refusal.of(user, request, reason));
                });
  }
}
