// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.controlplane.TestControlPlane;
import io.agentscale.adapter.controlplane.TestPki;
import io.agentscale.apiservice.authentication.Authentication;
import io.agentscale.apiservice.authentication.Credentials;
import io.agentscale.apiservice.authentication.RequestHeaders;
import io.agentscale.apiservice.authentication.TokenReviews.Verdict;
import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.AccessRequest;
import io.agentscale.apiservice.authorization.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks the cluster in other words than it understands locks everybody out, or in. */
final class DelegationTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final User HPA =
      new User(
          "system:serviceaccount:kube-system:horizontal-pod-autoscaler",
          Optional.of("uid-1"),
          List.of("system:serviceaccounts", "system:authenticated"),
          Map.of("authentication.kubernetes.io/pod-name", List.of("kcm-0")));

  private final TestControlPlane cluster = new TestControlPlane();
  private final TestPki pki = new TestPki();

  @TempDir private Path directory;
  private ControlPlane controlPlane;

  @BeforeEach
  void connect() {
    controlPlane =
        ControlPlane.connect(ClusterConnection.find(Optional.of(cluster.kubeconfig(directory))));
  }

  @AfterEach
  void stop() {
    controlPlane.close();
    cluster.close();
  }

  @Test
  void tokenReview_isAskedAndReadAsKubernetesDefinesIt() throws IOException {
    cluster.review(
        "tokenreviews",
        spec ->
            spec.path("token").asText().equals("good")
                ? json(
                    """
                    {"authenticated": true, "user": {"username": "jane", "uid": "42",
                     "groups": ["dev", "system:authenticated"],
                     "extra": {"example.com/scopes": ["a", "b"]}}}""")
                : json("{\"authenticated\": false, \"error\": \"token expired\"}"));
    ClusterTokenReviews reviews = new ClusterTokenReviews(controlPlane);

    assertThat(reviews.review("good").toCompletableFuture().join())
        .isEqualTo(
            new Verdict.Known(
                new User(
                    "jane",
                    Optional.of("42"),
                    List.of("dev", "system:authenticated"),
                    Map.of("example.com/scopes", List.of("a", "b")))));
    assertThat(reviews.review("bad").toCompletableFuture().join())
        .isEqualTo(new Verdict.Unknown("token expired"));
    assertThat(cluster.calls("create", ClusterTokenReviews.PATH).getFirst().body())
        .isEqualTo(
            JSON.readTree(
                """
                {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview",
                 "spec": {"token": "good"}}"""));
  }

  @Test
  void accessReview_carriesTheWholeUserAndTheResource() throws IOException {
    cluster.review("subjectaccessreviews", _ -> json("{\"allowed\": true}"));
    var request =
        new AccessRequest.OfResource(
            "get", "custom.metrics.k8s.io", "v1beta2", "pods", "requests", "default", "*");

    Decision decision =
        new ClusterAccessReviews(controlPlane).review(HPA, request).toCompletableFuture().join();

    assertThat(decision).isEqualTo(Decision.ALLOWED);
    assertThat(cluster.calls("create", ClusterAccessReviews.PATH).getFirst().body())
        .isEqualTo(
            JSON.readTree(
                """
                {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
                 "spec": {"resourceAttributes": {"namespace": "default", "verb": "get",
                   "group": "custom.metrics.k8s.io", "version": "v1beta2", "resource": "pods",
                   "subresource": "requests", "name": "*"},
                  "user": "system:serviceaccount:kube-system:horizontal-pod-autoscaler",
                  "uid": "uid-1", "groups": ["system:serviceaccounts", "system:authenticated"],
                  "extra": {"authentication.kubernetes.io/pod-name": ["kcm-0"]}}}"""));
  }

  @Test
  void accessReview_ofAPath() throws IOException {
    cluster.review("subjectaccessreviews", _ -> json("{\"allowed\": false, \"reason\": \"no\"}"));

    Decision decision =
        new ClusterAccessReviews(controlPlane)
            .review(User.named("jane", List.of()), new AccessRequest.OfPath("get", "/metrics"))
            .toCompletableFuture()
            .join();

    assertThat(decision).isEqualTo(new Decision.NoOpinion("no"));
    assertThat(cluster.calls("create", ClusterAccessReviews.PATH).getFirst().body().path("spec"))
        .isEqualTo(
            json(
                "{\"nonResourceAttributes\": {\"path\": \"/metrics\", \"verb\": \"get\"}, \"user\": \"jane\"}"));
  }

  @Test
  void denial_winsOverAllowance() {
    cluster.review(
        "subjectaccessreviews",
        _ -> json("{\"allowed\": true, \"denied\": true, \"reason\": \"webhook\"}"));

    assertThat(
            new ClusterAccessReviews(controlPlane)
                .review(HPA, new AccessRequest.OfPath("get", "/x"))
                .toCompletableFuture()
                .join())
        .isEqualTo(new Decision.Denied("webhook"));
  }

  @Test
  void failedReview_isAFailureThatNamesTheCall() {
    cluster.failure = Optional.of(403);

    assertThatThrownBy(
            () -> new ClusterTokenReviews(controlPlane).review("t").toCompletableFuture().join())
        .hasCauseInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("POST " + cluster.url() + ClusterTokenReviews.PATH)
        .hasMessageContaining("HTTP 403: told to fail");
  }

  @Test
  void unreadableConfigMap_failsTheStartWithWhatToDo() {
    assertThatThrownBy(() -> started(false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ConfigMap kube-system/extension-apiserver-authentication")
        .hasMessageContaining("HTTP 404")
        .hasMessageContaining("extension-apiserver-authentication-reader");
  }

  @Test
  void brokenConfigMap_namesTheKey() {
    cluster.put(
        PublishedTrust.PATH,
        TestPki.configMap(Map.of("requestheader-allowed-names", "front-proxy-client")));

    assertThatThrownBy(() -> started(false))
        .hasMessageContaining("requestheader-allowed-names: must be a JSON array of strings");
  }

  @Test
  void slowConfigMap_isWaitedFor_andNobodyIsBelievedBefore() {
    cluster.put(PublishedTrust.PATH, pki.configMap());
    cluster.gate = new CountDownLatch(1);
    try (Delegation delegation = Delegation.start(controlPlane, InstantSource.system())) {
      CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> delegation.await(false));
      await().until(() -> !cluster.calls("get", PublishedTrust.PATH).isEmpty());
      assertThat(delegation.unready()).isPresent();
      assertThat(asHpa(delegation, pki.proxy)).isInstanceOf(Authentication.Rejected.class);
      assertThat(waiting).isNotDone();

      cluster.gate.countDown();

      waiting.join();
      assertThat(delegation.unready()).isEmpty();
      assertThat(asHpa(delegation, pki.proxy)).isInstanceOf(Authentication.Authenticated.class);
    }
  }

  @Test
  void toleratedConfigMap_isUnreadyAndNobodyIsBelieved_untilItAppears() {
    try (Delegation delegation = started(true)) {
      assertThat(delegation.unready()).isPresent();
      assertThat(asHpa(delegation, pki.proxy)).isInstanceOf(Authentication.Rejected.class);

      cluster.put(PublishedTrust.PATH, pki.configMap());

      await().until(() -> delegation.unready().isEmpty());
      assertThat(asHpa(delegation, pki.proxy)).isInstanceOf(Authentication.Authenticated.class);
    }
  }

  @Test
  void replacedFrontProxyAuthority_isHonouredAtOnce_andTheOldOneNoLonger() {
    cluster.put(PublishedTrust.PATH, pki.configMap());
    try (Delegation delegation = started(false)) {
      await().until(() -> !cluster.calls("watch", watched()).isEmpty());
      TestPki next = new TestPki();
      assertThat(asHpa(delegation, next.proxy)).isInstanceOf(Authentication.Rejected.class);

      cluster.put(PublishedTrust.PATH, next.configMap());

      await().until(() -> asHpa(delegation, next.proxy) instanceof Authentication.Authenticated);
      assertThat(asHpa(delegation, pki.proxy)).isInstanceOf(Authentication.Rejected.class);
    }
  }

  @Test
  void lostWatch_isOpenedAgain_andWhatChangedMeanwhileIsSeen() {
    cluster.put(PublishedTrust.PATH, pki.configMap());
    try (Delegation delegation = started(false)) {
      await().until(() -> !cluster.calls("watch", watched()).isEmpty());
      cluster.endWatches();
      await().until(() -> cluster.calls("watch", watched()).size() > 1);
      TestPki next = new TestPki();

      cluster.put(PublishedTrust.PATH, next.configMap());

      await().until(() -> asHpa(delegation, next.proxy) instanceof Authentication.Authenticated);
    }
  }

  /** A proxy in between may keep a watch open that tells of nothing. */
  @Test
  void changeThatTheWatchMissed_isSeenAtTheNextReading() {
    cluster.put(PublishedTrust.PATH, pki.configMap());
    try (PublishedTrust trust = PublishedTrust.follow(controlPlane, Duration.ofMillis(200))) {
      await().until(() -> !cluster.calls("watch", watched()).isEmpty());
      ClientTrust before = trust.current();

      cluster.putUnseen(PublishedTrust.PATH, new TestPki().configMap());

      await().until(() -> !trust.current().equals(before));
    }
  }

  @Test
  void unusableChange_keepsTheLastGood() {
    cluster.put(PublishedTrust.PATH, pki.configMap());
    try (Delegation delegation = started(false)) {
      await().until(() -> !cluster.calls("watch", watched()).isEmpty());
      int before = cluster.calls("get", PublishedTrust.PATH).size();

      cluster.put(
          PublishedTrust.PATH,
          TestPki.configMap(Map.of("requestheader-client-ca-file", "no certificate")));

      await().until(() -> cluster.calls("get", PublishedTrust.PATH).size() > before);
      assertThat(asHpa(delegation, pki.proxy)).isInstanceOf(Authentication.Authenticated.class);
      assertThat(delegation.unready()).isEmpty();
      assertThat(delegation.authorities()).isNotEmpty();
    }
  }

  @Test
  void otherHeaderNames_areThoseOfTheConfigMap() {
    cluster.put(
        PublishedTrust.PATH,
        TestPki.configMap(
            Map.of(
                "requestheader-client-ca-file",
                pki.proxyAuthority.certificatePem(),
                "requestheader-allowed-names",
                "[]",
                "requestheader-username-headers",
                "[\"X-Other-User\"]")));
    try (Delegation delegation = started(false)) {
      Authentication found =
          delegation
              .aggregator()
              .authenticate(
                  new Credentials(
                      List.of(pki.proxy.certificate()),
                      RequestHeaders.of(
                          Map.of(
                              "X-Other-User", List.of("ann"), "X-Remote-User", List.of("root")))))
              .toCompletableFuture()
              .join();

      assertThat(found)
          .isInstanceOfSatisfying(
              Authentication.Authenticated.class,
              known -> assertThat(known.user().name()).isEqualTo("ann"));
    }
  }

  private Delegation started(boolean tolerant) {
    Delegation delegation = Delegation.start(controlPlane, InstantSource.system());
    try {
      delegation.await(tolerant);
      return delegation;
    } catch (IllegalArgumentException e) {
      delegation.close();
      throw e;
    }
  }

  private static String watched() {
    return PublishedTrust.PATH.substring(0, PublishedTrust.PATH.lastIndexOf('/'));
  }

  private static Authentication asHpa(Delegation delegation, HeldCertificate certificate) {
    return delegation
        .aggregator()
        .authenticate(
            new Credentials(
                List.of(certificate.certificate()),
                RequestHeaders.of(Map.of("X-Remote-User", List.of(HPA.name())))))
        .toCompletableFuture()
        .join();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
