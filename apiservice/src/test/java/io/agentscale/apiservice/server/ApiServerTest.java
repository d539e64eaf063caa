// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Protocol;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import io.agentscale.apiservice.authentication.AuthenticatorChain;
import java.time.Duration;

/** The server must speak both HTTP versions over TLS, and never hold a request for ever. */
final class ApiServerTest {

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void serves_overTls(Protocol protocol) throws Exception {
    var protocols =
        protocol == Protocol.HTTP_2
            ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
            : List.of(Protocol.HTTP_1_1);
    try (var server = TestServer.open(new TestProvider());
        Response response = server.get(TestServer.client(protocols, null), "/readyz")) {
      assertThat(response.protocol()).isEqualTo(protocol);
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.body().string()).isEqualTo("ok");
      assertThat(response.header("Audit-Id")).isNotEmpty();
      assertThat(response.header("Cache-Control")).isEqualTo("no-cache, private");
      assertThat(response.header("Server")).isNull();
    }
  }

  @Test
  void providerThatNeverAnswers_is504AtTheDeadline() throws Exception {
    var provider = new TestProvider();
    provider.objects = _ -> new CompletableFuture<>();
    try (var server =
            TestServer.start(
                provider,
                new AuthenticatorChain(List.of()),
                TestServer.reading("system:anonymous"),
                config ->
                    config.withLimits(Limits.DEFAULT.withRequestDeadline(Duration.ofMillis(50))));
        Response response =
            server.get(
                TestServer.client(), "/apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/p/m")) {
      assertThat(response.code()).isEqualTo(504);
      assertThat(response.body().string())
          .contains("Timeout: request did not complete within the allotted timeout");
    }
  }
}
