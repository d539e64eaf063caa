// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.authentication.Authenticator;
import io.agentscale.apiservice.authentication.AuthenticatorChain;
import io.agentscale.apiservice.authentication.ClientCertificateAuthenticator;
import io.agentscale.apiservice.authentication.RequestHeaderAuthenticator;
import io.agentscale.apiservice.authentication.RequestHeaderNames;
import io.agentscale.apiservice.authentication.TokenReviewAuthenticator;
import io.agentscale.apiservice.authentication.TokenReviews.Verdict;
import io.agentscale.apiservice.review.Retry;
import io.agentscale.apiservice.tls.ClientAuthorities;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.tls.HeldCertificate;

/** The certificates of a cluster: its clients' authority, its proxies', and some holders. */
final class TestIdentities {
  final HeldCertificate clientAuthority = authority("client-ca");
  final HeldCertificate proxyAuthority = authority("front-proxy-ca");
  final HeldCertificate bob = client("bob");
  final HeldCertificate proxy =
      new HeldCertificate.Builder()
          .commonName("front-proxy-client")
          .signedBy(proxyAuthority)
          .build();

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder().commonName(name).certificateAuthority(0).build();
  }

  HeldCertificate client(String name) {
    return new HeldCertificate.Builder().commonName(name).signedBy(clientAuthority).build();
  }

  /** Authenticates in the order of an aggregated API server; every token is unknown. */
  Authenticator authenticator() {
    var clients =
        new ClientAuthorities(() -> List.of(clientAuthority.certificate()), InstantSource.system());
    var proxies =
        new ClientAuthorities(() -> List.of(proxyAuthority.certificate()), InstantSource.system());
    return new AuthenticatorChain(
        List.of(
            new RequestHeaderAuthenticator(proxies, () -> RequestHeaderNames.USUAL),
            new ClientCertificateAuthenticator(clients),
            new TokenReviewAuthenticator(
                _ -> CompletableFuture.completedStage(new Verdict.Unknown("unknown token")),
                Retry.DEFAULT,
                InstantSource.system())));
  }
}
