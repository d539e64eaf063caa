// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.config.AdapterConfig.Auth;
import io.agentscale.adapter.delegation.Delegation;
import io.agentscale.apiservice.authentication.Authenticator;
import io.agentscale.apiservice.authentication.AuthenticatorChain;
import io.agentscale.apiservice.authentication.BearerTokenFile;
import io.agentscale.apiservice.authentication.ClientCertificateAuthenticator;
import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.AllowList;
import io.agentscale.apiservice.authorization.AllowRule;
import io.agentscale.apiservice.authorization.AllowedPaths;
import io.agentscale.apiservice.authorization.Authorizer;
import io.agentscale.apiservice.authorization.AuthorizerChain;
import io.agentscale.apiservice.authorization.SystemMasters;
import io.agentscale.apiservice.tls.ClientAuthorities;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who may ask what.
 *
 * @param authenticator tells who a caller is
 * @param authorizer tells what it may see
 * @param clientAuthorities the authorities named to clients in the TLS handshake
 */
record AccessControl(
    Authenticator authenticator,
    Authorizer authorizer,
    Supplier<List<X509Certificate>> clientAuthorities) {
  private static final String MASTERS = "system:masters";
  private static final Set<String> ANY = Set.of("*");

  /** Whoever started the service on this machine. */
  static final User LOCAL_USER = User.named("agentscale:local", List.of(MASTERS));

  /**
   * Builds the access control of a configuration.
   *
   * @param local the token of the person who started the service on this machine
   * @param delegation the cluster that decides where the configuration does not
   */
  static AccessControl of(
      Auth auth, Optional<LocalToken> local, Optional<Delegation> delegation, InstantSource clock) {
    List<Authenticator> authenticators = new ArrayList<>();
    List<Supplier<List<X509Certificate>>> named = new ArrayList<>();
    delegation.map(Delegation::aggregator).ifPresent(authenticators::add);
    if (auth.clientCaFile().isPresent()) {
      ClientAuthorities authorities = ClientAuthorities.ofFile(auth.clientCaFile().get(), clock);
      authenticators.add(new ClientCertificateAuthenticator(authorities));
      named.add(authorities::current);
    }
    auth.tokenFile().map(BearerTokenFile::ofUsers).ifPresent(authenticators::add);
    local
        .map(token -> BearerTokenFile.ofSingle(token.file(), LOCAL_USER))
        .ifPresent(authenticators::add);
    List<Authorizer> authorizers = new ArrayList<>();
    authorizers.add(new SystemMasters());
    authorizers.add(new AllowedPaths(AllowedPaths.PROBES));
    authorizers.add(new AllowList(auth.allow().stream().map(AccessControl::readAll).toList()));
    if (delegation.isPresent()) {
      authenticators.addAll(delegation.get().direct());
      authorizers.add(delegation.get().authorizer());
      named.add(delegation.get()::authorities);
    }
    return new AccessControl(
        new AuthenticatorChain(authenticators),
        new AuthorizerChain(authorizers),
        () -> named.stream().flatMap(authorities -> authorities.get().stream()).toList());
  }

  private static AllowRule readAll(String userOrGroup) {
    Set<String> who = Set.of(userOrGroup);
    return new AllowRule(who, who, ANY, ANY, ANY);
  }
}
