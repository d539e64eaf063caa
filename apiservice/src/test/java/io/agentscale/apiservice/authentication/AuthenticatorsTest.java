// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.apiservice.authentication.Authentication.Authenticated;
import io.agentscale.apiservice.authentication.Authentication.Rejected;
import io.agentscale.apiservice.authentication.TokenReviews.Verdict;
import io.agentscale.apiservice.review.Retry;
import io.agentscale.apiservice.tls.ClientAuthorities;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** Whoever is taken for somebody else may read, or be refused, what is not theirs. */
final class AuthenticatorsTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private final HeldCertificate clientAuthority = authority("client-ca");
  private final HeldCertificate proxyAuthority = authority("front-proxy-ca");
  private final AtomicReference<List<X509Certificate>> proxyAuthorities =
      new AtomicReference<>(List.of(proxyAuthority.certificate()));

  private final Authenticator authenticator =
      new AuthenticatorChain(
          List.of(
              new RequestHeaderAuthenticator(
                  new ClientAuthorities(proxyAuthorities::get, CLOCK),
                  () -> RequestHeaderNames.USUAL),
              new ClientCertificateAuthenticator(
                  new ClientAuthorities(() -> List.of(clientAuthority.certificate()), CLOCK))));

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder().commonName(name).certificateAuthority(0).build();
  }

  private static HeldCertificate signed(String name, HeldCertificate authority) {
    return new HeldCertificate.Builder().commonName(name).signedBy(authority).build();
  }

  private static Credentials credentials(
      List<HeldCertificate> chain, Map<String, List<String>> headers) {
    return new Credentials(
        chain.stream().map(HeldCertificate::certificate).toList(), RequestHeaders.of(headers));
  }

  private Authentication authenticate(
      List<HeldCertificate> chain, Map<String, List<String>> headers) {
    return join(authenticator, credentials(chain, headers));
  }

  private static Authentication join(Authenticator authenticator, Credentials credentials) {
    return authenticator.authenticate(credentials).toCompletableFuture().join();
  }

  @Test
  void proxyWithCertificate_saysWhoAsks() {
    Authentication found =
        authenticate(
            List.of(signed("front-proxy-client", proxyAuthority)),
            Map.of(
                "x-remote-user", List.of("alice"),
                "X-Remote-Uid", List.of("42"),
                "X-Remote-Group", List.of("dev", "ops"),
                "X-Remote-Extra-Example.com%2fScopes", List.of("a", "b")));
    assertThat(found)
        .isEqualTo(
            new Authenticated(
                new User(
                    "alice",
                    Optional.of("42"),
                    List.of("dev", "ops", "system:authenticated"),
                    Map.of("example.com/scopes", List.of("a", "b")))));
  }

  @Test
  void headersWithoutTheCertificate_areNobody() {
    assertThat(authenticate(List.of(), Map.of("X-Remote-User", List.of("admin"))))
        .isEqualTo(new Authenticated(User.ANONYMOUS));
  }

  @Test
  void headersWithAnOrdinaryClientsCertificate_areThatClient() {
    Authentication found =
        authenticate(
            List.of(signed("bob", clientAuthority)),
            Map.of("X-Remote-User", List.of("admin"), "X-Remote-Group", List.of("system:masters")));
    assertThat(found)
        .isEqualTo(new Authenticated(User.named("bob", List.of("system:authenticated"))));
  }

  @Test
  void badCertificates_areRejected_neverAnonymous() {
    HeldCertificate stranger = authority("front-proxy-ca");
    assertThat(authenticate(List.of(signed("bob", stranger)), Map.of()))
        .isInstanceOf(Rejected.class);
    assertThat(
            authenticate(
                List.of(signed("not-the-proxy", proxyAuthority)),
                Map.of("X-Remote-User", List.of("admin"))))
        .isInstanceOf(Rejected.class);
    assertThat(authenticate(List.of(signed("front-proxy-client", proxyAuthority)), Map.of()))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void endedCertificate_isRejected() {
    HeldCertificate ended =
        new HeldCertificate.Builder()
            .commonName("bob")
            .validityInterval(0, Instant.parse("2020-01-01T00:00:00Z").toEpochMilli())
            .signedBy(clientAuthority)
            .build();
    assertThat(authenticate(List.of(ended), Map.of())).isInstanceOf(Rejected.class);
  }

  @Test
  void authorityThatIsReplaced_endsItsHoldersAccess() {
    var proxy = List.of(signed("front-proxy-client", proxyAuthority));
    var headers = Map.of("X-Remote-User", List.of("alice"));
    assertThat(authenticate(proxy, headers)).isInstanceOf(Authenticated.class);
    proxyAuthorities.set(List.of(authority("front-proxy-ca").certificate()));
    assertThat(authenticate(proxy, headers)).isInstanceOf(Rejected.class);
  }

  @Test
  void intermediateAuthority_isFollowed() {
    HeldCertificate root =
        new HeldCertificate.Builder().commonName("root").certificateAuthority(1).build();
    HeldCertificate intermediate =
        new HeldCertificate.Builder()
            .commonName("intermediate")
            .certificateAuthority(0)
            .signedBy(root)
            .build();
    var authorities = new ClientAuthorities(() -> List.of(root.certificate()), CLOCK);
    var chain = List.of(signed("bob", intermediate).certificate(), intermediate.certificate());
    assertThat(authorities.objection(chain)).isEmpty();
    assertThat(authorities.objection(chain.subList(0, 1))).isPresent();
  }

  @Test
  void subject_givesNameAndGroups() throws IOException {
    try (var pem = AuthenticatorsTest.class.getResourceAsStream("alice.pem")) {
      assertThat(pem).isNotNull();
      X509Certificate certificate = ClientAuthorities.parse(pem.readAllBytes()).getFirst();
      CertificateSubject subject = CertificateSubject.of(certificate);
      assertThat(subject.commonName()).isEqualTo("alice");
      assertThat(subject.organizations()).containsExactlyInAnyOrder("system:masters", "dev, ops");
    }
  }

  @Test
  void tokens_areReviewedOnceInTenSeconds_andFailuresAreRejected() {
    var asked = new AtomicInteger();
    List<Instant> now = new ArrayList<>(List.of(Instant.EPOCH));
    var tokens =
        new TokenReviewAuthenticator(
            token -> {
              asked.incrementAndGet();
              return switch (token) {
                case "good" ->
                    CompletableFuture.completedStage(
                        new Verdict.Known(User.named("sa", List.of())));
                case "bad" -> CompletableFuture.completedStage(new Verdict.Unknown("expired"));
                default -> CompletableFuture.failedStage(new IOException("refused"));
              };
            },
            new Retry(1, Duration.ZERO, 1, 0, Duration.ofSeconds(1)),
            now::getLast);
    for (int i = 0; i < 3; i++) {
      assertThat(join(tokens, bearer("good")))
          .isEqualTo(new Authenticated(User.named("sa", List.of())));
      assertThat(join(tokens, bearer("bad"))).isEqualTo(new Rejected("bearer token: expired"));
    }
    assertThat(asked).hasValue(2);
    assertThat(join(tokens, bearer("down"))).isInstanceOf(Rejected.class);
    assertThat(join(tokens, bearer("down"))).isInstanceOf(Rejected.class);
    assertThat(asked).as("failures are not remembered").hasValue(4);
    now.add(Instant.EPOCH.plusSeconds(10));
    assertThat(join(tokens, bearer("good"))).isInstanceOf(Authenticated.class);
    assertThat(asked).hasValue(5);
    assertThat(join(tokens, credentials(List.of(), Map.of())))
        .isEqualTo(Authentication.NOT_PRESENTED);
  }

  private static Credentials bearer(String token) {
    return credentials(List.of(), Map.of("authorization", List.of("bearer " + token)));
  }
}
