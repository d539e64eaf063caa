// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.apiservice.authorization.AllowList;
import io.agentscale.apiservice.authorization.AllowRule;
import io.agentscale.apiservice.authorization.AllowedPaths;
import io.agentscale.apiservice.authorization.AuthorizerChain;
import io.agentscale.apiservice.authorization.SystemMasters;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The aggregator and the HPA controller send what they were seen to send, and must be served. */
final class ClientRequestsTest {
  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void everyCapturedRequest_getsTheStatusAndTypeItGot(Protocol protocol) throws Exception {
    List<JsonNode> records = Vectors.lines("client-requests.jsonl");
    var identities = new TestIdentities();
    var hpa =
        new AllowRule(
            Set.of(),
            Set.of("system:serviceaccounts:kube-system"),
            Set.of("custom.metrics.k8s.io", "external.metrics.k8s.io"),
            Set.of("*"),
            Set.of());
    List<Protocol> protocols =
        protocol == Protocol.HTTP_2
            ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
            : List.of(Protocol.HTTP_1_1);
    OkHttpClient client = TestServer.client(protocols, identities.proxy);
    try (var server =
        TestServer.start(
            new ReferenceProvider(),
            identities.authenticator(),
            new AuthorizerChain(
                List.of(
                    new SystemMasters(),
                    new AllowedPaths(AllowedPaths.PROBES),
                    new AllowList(
                        List.of(
                            hpa,
                            new AllowRule(
                                Set.of("system:kube-aggregator", "system:aggregator"),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of("*")))))),
            config -> config)) {
      for (JsonNode record : records) {
        assertServed(server, client, record);
      }
    }
    assertThat(records).isNotEmpty();
  }

  private static void assertServed(TestServer server, OkHttpClient client, JsonNode record)
      throws Exception {
    var request = new Request.Builder().url(server.url(record.get("path").asText()));
    for (JsonNode header : record.get("headers")) {
      if (!header.get(0).asText().equals("Host")) {
        request.addHeader(header.get(0).asText(), header.get(1).asText());
      }
    }
    try (Response response = client.newCall(request.build()).execute()) {
      String name = record.get("path").asText();
      // Its tag is of another document than ours, so that we send ours.
      int status = record.get("status").asInt() == 304 ? 200 : record.get("status").asInt();
      assertThat(response.code()).as(name + response.body().string()).isEqualTo(status);
      String expected = header(record.get("respHeaders"), "Content-Type");
      if (!expected.isEmpty()) {
        assertThat(response.header("Content-Type")).as(name).isEqualTo(expected);
      }
      String auditId = header(record.get("headers"), "Audit-Id");
      if (!auditId.isEmpty()) {
        assertThat(response.header("Audit-Id")).isEqualTo(auditId);
      }
    }
  }

  private static String header(JsonNode headers, String name) {
    for (JsonNode header : headers) {
      if (header.get(0).asText().equals(name)) {
        return header.get(1).asText();
      }
    }
    return "";
  }
}
