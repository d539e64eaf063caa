// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.controlplane.TestControlPlane;
import io.agentscale.apiservice.tls.CertificateAuthority;
import io.agentscale.apiservice.tls.ClientAuthorities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An APIService that is wrong takes a whole API group down, in the worst case somebody else's; one
 * whose CA is not the one we serve with takes down ours.
 */
final class RegistrationTest {
  private static final String CUSTOM_2 =
      "/apis/apiregistration.k8s.io/v1/apiservices/v1beta2.custom.metrics.k8s.io";
  private static final String CUSTOM_1 =
      "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.custom.metrics.k8s.io";
  private static final String EXTERNAL =
      "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.external.metrics.k8s.io";
  private static final String SECRET =
      "/api/v1/namespaces/agentscale-system/secrets/agentscale-serving-ca";
  private static final ServiceAddress SERVICE =
      new ServiceAddress("agentscale-system", "agentscale", 443);

  private final TestControlPlane cluster = new TestControlPlane();

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
  void everything_isRegisteredWithOurAuthority_andNothingSkipsVerification() {
    try (Registration registration = register(RegisteredGroup.values())) {
      registration.start();

      assertThat(registration.unready()).isEmpty();
      String authority = decoded(secret().at("/data/tls.crt"));
      assertThat(List.of(CUSTOM_2, CUSTOM_1, EXTERNAL))
          .allSatisfy(
              path -> {
                JsonNode spec = spec(path);
                assertThat(decoded(spec.path("caBundle"))).isEqualTo(authority);
                assertThat(spec.path("insecureSkipTLSVerify").asBoolean()).isFalse();
                assertThat(spec.path("service").toString())
                    .isEqualTo(
                        "{\"namespace\":\"agentscale-system\",\"name\":\"agentscale\",\"port\":443}");
                assertThat(spec.path("groupPriorityMinimum").asInt()).isEqualTo(100);
              });
      assertThat(spec(CUSTOM_2).path("versionPriority").asInt())
          .isGreaterThan(spec(CUSTOM_1).path("versionPriority").asInt());
      assertThat(
              spec("/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io")
                  .path("group")
                  .asText())
          .isEqualTo("metrics.k8s.io");
      assertThat(cluster.calls("patch", CUSTOM_2).getFirst().query())
          .contains("fieldManager=agentscale");
    }
  }

  @Test
  void servingCertificate_carriesTheNamesOfTheService() throws Exception {
    try (Registration registration = register(RegisteredGroup.CUSTOM)) {
      X509Certificate own = registration.certificate().orElseThrow().current().chain().getFirst();

      assertThat(own.getSubjectAlternativeNames().stream().map(name -> name.get(1)).toList())
          .asString()
          .contains("agentscale.agentscale-system.svc")
          .contains("agentscale.agentscale-system.svc.cluster.local");
      own.verify(certificate(decoded(secret().at("/data/tls.crt"))).getPublicKey());
    }
  }

  @Test
  void secondReplicaAndRestart_shareTheAuthority() {
    try (Registration first = register(RegisteredGroup.CUSTOM);
        Registration second = register(RegisteredGroup.CUSTOM)) {
      first.start();
      second.start();

      assertThat(issuer(first)).isEqualTo(issuer(second));
      assertThat(cluster.calls("patch", CUSTOM_2)).hasSize(1);
      assertThat(cluster.calls("create", SECRET.replace("/agentscale-serving-ca", ""))).hasSize(1);
    }
  }

  @Test
  void authorityMadeByAnotherAtTheSameMoment_isTaken() {
    CertificateAuthority others = CertificateAuthority.generate(Instant.now());
    SharedAuthority shared = new SharedAuthority(controlPlane, "agentscale-system");
    String mine = shared.readOrCreate(Instant.now()).bundle();
    putSecret(others);

    // As one that saw no Secret, and was too late to create it.
    assertThat(shared.readOrCreate(Instant.now()).bundle())
        .isEqualTo(others.certificatePem())
        .isNotEqualTo(mine);
  }

  @Test
  void emptiedOrForeignCaBundle_isMended() {
    try (Registration registration = register(RegisteredGroup.CUSTOM)) {
      registration.start();
      String good = spec(CUSTOM_2).path("caBundle").asText();
      ObjectNode emptied = cluster.read(CUSTOM_2).orElseThrow();
      emptied.withObject("/spec").remove("caBundle");
      cluster.put(CUSTOM_2, emptied.toString());
      ObjectNode foreign = cluster.read(CUSTOM_1).orElseThrow();
      foreign.withObject("/spec").put("caBundle", "Zm9yZWlnbg==");
      cluster.put(CUSTOM_1, foreign.toString());

      registration.keep();

      assertThat(spec(CUSTOM_2).path("caBundle").asText()).isEqualTo(good);
      assertThat(spec(CUSTOM_1).path("caBundle").asText()).isEqualTo(good);
    }
  }

  @Test
  void apiServiceOfAnother_isAConflictThatTouchesNothing() {
    String kedas = apiService("v1beta1.external.metrics.k8s.io", "keda", "keda-operator", false);
    cluster.put(EXTERNAL, kedas);
    try (Registration registration = register(RegisteredGroup.CUSTOM, RegisteredGroup.EXTERNAL)) {
      assertThatThrownBy(registration::start)
          .isInstanceOf(RegistrationConflictException.class)
          .hasMessageContaining(
              "Conflict: APIService v1beta1.external.metrics.k8s.io leads to service keda/keda-operator")
          .hasMessageContaining("--take-over");

      assertThat(registration.unready()).isPresent();
      assertThat(cluster.read(CUSTOM_2)).isEmpty();
      assertThat(spec(EXTERNAL).at("/service/namespace").asText()).isEqualTo("keda");
    }
  }

  @Test
  void takeOver_endsSkippedVerificationToo_andHappensOnce() {
    String theirs =
        apiService("v1beta1.custom.metrics.k8s.io", "monitoring", "prometheus-adapter", true);
    cluster.put(CUSTOM_1, theirs);
    RegistrationConfig config =
        new RegistrationConfig(Set.of(RegisteredGroup.CUSTOM), SERVICE, Optional.empty(), true);
    try (Registration registration =
        Registration.ofSharedAuthority(
            config, controlPlane, List.of("localhost"), InstantSource.system())) {
      registration.start();

      assertThat(spec(CUSTOM_1).at("/service/name").asText()).isEqualTo("agentscale");
      assertThat(spec(CUSTOM_1).path("insecureSkipTLSVerify").asBoolean()).isFalse();

      cluster.put(CUSTOM_1, theirs);
      registration.keep();

      assertThat(spec(CUSTOM_1).at("/service/name").asText()).isEqualTo("prometheus-adapter");
    }
  }

  @Test
  void unreachableApiServer_isUnready_untilItIsBack() {
    try (Registration registration = register(RegisteredGroup.CUSTOM)) {
      cluster.failure = Optional.of(403);
      registration.start();
      assertThat(registration.unready())
          .hasValueSatisfying(why -> assertThat(why).contains("HTTP 403"));

      cluster.failure = Optional.empty();
      registration.keep();

      assertThat(registration.unready()).isEmpty();
    }
  }

  @Test
  void replacedSecret_changesCertificateAndCaBundle() {
    try (Registration registration = register(RegisteredGroup.CUSTOM)) {
      registration.start();
      CertificateAuthority next = CertificateAuthority.generate(Instant.now());
      putSecret(next);

      registration.keep();

      assertThat(decoded(spec(CUSTOM_2).path("caBundle"))).isEqualTo(next.certificatePem());
      assertThat(issuer(registration)).isEqualTo(certificate(next.certificatePem()));
    }
  }

  @Test
  void deletedSecret_isMadeAnew_andBrokenOneKeepsTheLastGood() {
    try (Registration registration = register(RegisteredGroup.CUSTOM)) {
      registration.start();
      X509Certificate first = issuer(registration);
      cluster.put(
          SECRET, "{\"metadata\": {}, \"data\": {\"tls.crt\": \"bm8=\", \"tls.key\": \"bm8=\"}}");
      registration.keep();
      assertThat(issuer(registration)).isEqualTo(first);
      cluster.delete(SECRET);

      registration.keep();

      assertThat(issuer(registration))
          .isNotEqualTo(first)
          .isEqualTo(certificate(decoded(secret().at("/data/tls.crt"))));
    }
  }

  @Test
  void forbiddenSecret_failsWithTheCall() {
    RegistrationConfig elsewhere =
        new RegistrationConfig(
            Set.of(RegisteredGroup.CUSTOM),
            new ServiceAddress("default", "agentscale", 443),
            Optional.empty(),
            false);

    assertThatThrownBy(
            () ->
                Registration.ofSharedAuthority(
                    elsewhere, controlPlane, List.of("localhost"), InstantSource.system()))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("/api/v1/namespaces/default/secrets/agentscale-serving-ca: HTTP 403");
  }

  @Test
  void givenAuthority_isWrittenAndFollowed() throws IOException {
    Path file = directory.resolve("ca.pem");
    CertificateAuthority given = CertificateAuthority.generate(Instant.now());
    Files.writeString(file, given.certificatePem());
    try (Registration registration =
        Registration.ofGivenAuthority(
            new RegistrationConfig(
                Set.of(RegisteredGroup.EXTERNAL), SERVICE, Optional.of(file), false),
            controlPlane)) {
      registration.start();

      assertThat(registration.certificate()).isEmpty();
      assertThat(decoded(spec(EXTERNAL).path("caBundle"))).isEqualTo(given.certificatePem());
    }
  }

  private Registration register(RegisteredGroup... groups) {
    return Registration.ofSharedAuthority(
        new RegistrationConfig(Set.of(groups), SERVICE, Optional.empty(), false),
        controlPlane,
        List.of("localhost"),
        InstantSource.system());
  }

  private static X509Certificate issuer(Registration registration) {
    return registration.certificate().orElseThrow().current().chain().getLast();
  }

  private static X509Certificate certificate(String pem) {
    return ClientAuthorities.parse(pem.getBytes(UTF_8)).getFirst();
  }

  private void putSecret(CertificateAuthority authority) {
    cluster.put(
        SECRET,
        "{\"metadata\": {\"name\": \"agentscale-serving-ca\"}, \"data\": {\"tls.crt\": \"%s\", \"tls.key\": \"%s\"}}"
            .formatted(encoded(authority.certificatePem()), encoded(authority.privateKeyPem())));
  }

  private static String apiService(String name, String namespace, String service, boolean skips) {
    return "{\"apiVersion\": \"apiregistration.k8s.io/v1\", \"kind\": \"APIService\", \"metadata\": {\"name\": \"%s\"}, \"spec\": {\"service\": {\"namespace\": \"%s\", \"name\": \"%s\", \"port\": 443}, \"insecureSkipTLSVerify\": %s}}"
        .formatted(name, namespace, service, skips);
  }

  private ObjectNode secret() {
    return cluster.read(SECRET).orElseThrow();
  }

  private JsonNode spec(String path) {
    return cluster.read(path).orElseThrow().path("spec");
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String decoded(JsonNode base64) {
    return new String(Base64.getDecoder().decode(base64.asText()), UTF_8);
  }
}
