// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import io.agentscale.apiservice.authentication.Authentication.Authenticated;
import io.agentscale.apiservice.authentication.Authentication.Rejected;
import io.agentscale.apiservice.tls.ClientAuthorities;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes a verified TLS client certificate for its user: the subject's CN is the name, each O a
 * group.
 */
public final class ClientCertificateAuthenticator implements Authenticator {
  private final ClientAuthorities authorities;

  public ClientCertificateAuthenticator(ClientAuthorities authorities) {
    this.authorities = authorities;
  }

  @Override
  public CompletionStage<Authentication> authenticate(Credentials credentials) {
    return CompletableFuture.completedStage(decide(credentials));
  }

  private Authentication decide(Credentials credentials) {
    if (credentials.certificates().isEmpty()) {
      return Authentication.NOT_PRESENTED;
    }
    Optional<String> objection = authorities.objection(credentials.certificates());
    if (objection.isPresent()) {
      return new Rejected("client certificate: " + objection.get());
    }
    var subject = CertificateSubject.of(credentials.certificates().getFirst());
    if (subject.commonName().isEmpty()) {
      return new Rejected("client certificate: its subject names no user (CN)");
    }
    return new Authenticated(User.named(subject.commonName(), subject.organizations()));
  }
}
