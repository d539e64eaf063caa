// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.apiservice.authorization.AccessReviewAuthorizer;
import io.agentscale.apiservice.authorization.AllowList;
import io.agentscale.apiservice.authorization.AllowRule;
import io.agentscale.apiservice.authorization.AllowedPaths;
import io.agentscale.apiservice.authorization.AuthorizerChain;
import io.agentscale.apiservice.authorization.SystemMasters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HeldCertificate;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Clients know the reference server: whatever it answered to a captured request, we answer too, or
 * the difference stands here with its reason.
 */
final class WireReplayTest {
  /** Where we answer otherwise on purpose. */
  private enum Difference {
    LISTS_OWN_PATHS("the paths are those we serve, not those of the reference's internals", 2),
    V1BETA2_IS_DISCOVERED("the reference serves v1beta2 but hides it", 2),
    OWN_CHECKS("the named checks are ours", 1),
    NAN_AND_INFINITY_ARE_ERRORS("the reference serves 0, or an overflow that is read as 0", 2),
    CAUSE_FOLLOWS("the reference's message is followed by what was missing", 11),
    CAUSE_IS_TOLD("the reference hides why Prometheus could not be read", 6),
    BAD_METRIC_SELECTOR_IS_400("the reference blames itself with a 500, or a 404", 3),
    NOT_EQUALS_IS_ECHOED("the reference fails after having asked Prometheus", 1),
    UNKNOWN_KIND_IS_404("the reference answers 500 when it cannot list what does not exist", 1),
    NO_TRAILING_BLANK("the reference forgets the kind outside the namespace default", 1),
    NO_WATCH_OFFERED("the reference offers to stream what it cannot watch", 2),
    AGGREGATED_DISCOVERY("the reference's document is empty, and v2 missing", 3);

    private final String reason;
    private final int records;

    Difference(String reason, int records) {
      this.reason = reason;
      this.records = records;
    }
  }

  private static final Map<String, Difference> DIFFERENCES =
      Map.ofEntries(
          Map.entry("/", Difference.LISTS_OWN_PATHS),
          Map.entry("/nosuch", Difference.LISTS_OWN_PATHS),
          Map.entry("/apis", Difference.V1BETA2_IS_DISCOVERED),
          Map.entry("/apis/custom.metrics.k8s.io", Difference.V1BETA2_IS_DISCOVERED),
          Map.entry("/readyz?verbose", Difference.OWN_CHECKS),
          Map.entry("pods/nan", Difference.NAN_AND_INFINITY_ARE_ERRORS),
          Map.entry("pods/inf", Difference.NAN_AND_INFINITY_ARE_ERRORS),
          Map.entry("pods/err400", Difference.CAUSE_IS_TOLD),
          Map.entry("pods/err503", Difference.CAUSE_IS_TOLD),
          Map.entry("pods/err500", Difference.CAUSE_IS_TOLD),
          Map.entry("pods/scalar", Difference.CAUSE_IS_TOLD),
          Map.entry("matrix_metric", Difference.CAUSE_IS_TOLD),
          Map.entry("err_metric", Difference.CAUSE_IS_TOLD),
          Map.entry("metricLabelSelector=a%3D%3D%3Db", Difference.BAD_METRIC_SELECTOR_IS_400),
          Map.entry("metricLabelSelector=a%3E5", Difference.BAD_METRIC_SELECTOR_IS_400),
          Map.entry("labelSelector=topic%3E1", Difference.BAD_METRIC_SELECTOR_IS_400),
          Map.entry("metricLabelSelector=a!%3Db", Difference.NOT_EQUALS_IS_ECHOED),
          Map.entry("widgets/*/", Difference.UNKNOWN_KIND_IS_404),
          Map.entry("namespaces/foo/nosuch", Difference.NO_TRAILING_BLANK),
          Map.entry("Accept: text/html", Difference.NO_WATCH_OFFERED),
          Map.entry("Accept: application/cbor", Difference.NO_WATCH_OFFERED),
          Map.entry("as=APIGroupDiscoveryList", Difference.AGGREGATED_DISCOVERY));

  private static final String HPA = AccessReviewAuthorizer.HPA_CONTROLLER;
  private static final Pattern TIMESTAMP =
      Pattern.compile("(?<=timestamp\"?: ?\")[0-9TZ:-]+(?=\")");

  private final TestIdentities identities = new TestIdentities();
  private final ReferenceProvider provider = new ReferenceProvider();
  private final Map<String, OkHttpClient> clients = new HashMap<>();

  private TestServer server() {
    var rules =
        List.of(
            new AllowRule(
                Set.of(HPA),
                Set.of(),
                Set.of("custom.metrics.k8s.io", "external.metrics.k8s.io"),
                Set.of("*"),
                Set.of()),
            new AllowRule(Set.of("*"), Set.of(), Set.of(), Set.of(), Set.of("/version")));
    return TestServer.start(
        provider,
        identities.authenticator(),
        new AuthorizerChain(
            List.of(
                new SystemMasters(), new AllowedPaths(AllowedPaths.PROBES), new AllowList(rules))),
        config ->
            config.withClientAuthorities(
                () ->
                    List.of(
                        identities.clientAuthority.certificate(),
                        identities.proxyAuthority.certificate())));
  }

  @Test
  void everyRecord_isAnsweredAsByTheReference_orDiffersForAReason() throws Exception {
    List<JsonNode> records = Vectors.lines("http.jsonl");
    Map<Difference, Integer> different = new HashMap<>();
    int equal = 0;
    var softly = new SoftAssertions();
    try (var server = server()) {
      for (JsonNode record : records) {
        provider.at = timestamp(record);
        String difference = difference(server, record);
        Difference known = known(record);
        if (known != null) {
          different.merge(known, 1, Integer::sum);
          softly
              .assertThat(difference)
              .as("%s differs, since %s", name(record), known.reason)
              .isNotEmpty();
        } else if (difference.startsWith(Difference.CAUSE_FOLLOWS.name())) {
          different.merge(Difference.CAUSE_FOLLOWS, 1, Integer::sum);
        } else {
          softly.assertThat(difference).as(name(record)).isEmpty();
          equal++;
        }
      }
    }
    softly.assertAll();
    assertThat(equal).isEqualTo(92);
    for (Difference difference : Difference.values()) {
      assertThat(different.get(difference)).as("%s", difference).isEqualTo(difference.records);
    }
  }

  private static String name(JsonNode record) {
    return record.get("method").asText()
        + " "
        + record.get("path").asText()
        + " as "
        + record.get("as").asText()
        + " "
        + record.get("headers");
  }

  private static @Nullable Difference known(JsonNode record) {
    String path = record.get("path").asText();
    String headers = record.get("headers").toString();
    if (!record.get("as").asText().equals("admin")) {
      return null;
    }
    for (Map.Entry<String, Difference> entry : DIFFERENCES.entrySet()) {
      String key = entry.getKey();
      boolean whole = key.startsWith("/");
      boolean aboutPath = whole ? path.equals(key) : path.contains(key);
      if ((aboutPath && headers.equals("[]")) || (!whole && headers.contains(key))) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** Returns what differs; empty if nothing does. */
  private String difference(TestServer server, JsonNode record) throws Exception {
    Request request = request(server, record);
    try (Response response = client(record.get("as").asText()).newCall(request).execute()) {
      byte[] body = response.body().bytes();
      if (isCauseAppended(record, response, body)) {
        return Difference.CAUSE_FOLLOWS.name();
      }
      String type = String.valueOf(response.header("Content-Type"));
      List<String> differences = new ArrayList<>();
      note(differences, "status", record.get("status").asInt(), response.code());
      note(differences, "type", record.get("contentType").asText(), type);
      note(differences, "body", expectedBody(record), actualBody(type, body));
      assertThat(response.header("Audit-Id")).as(name(record)).isNotEmpty();
      return String.join("; ", differences);
    }
  }

  /** Tells whether the answer is the reference's but for the cause behind its message. */
  private static boolean isCauseAppended(JsonNode record, Response response, byte[] body)
      throws Exception {
    String message = record.get("body").path("message").asText();
    if (!message.contains("could not find the metric ")
        || record.get("status").asInt() != response.code()) {
      return false;
    }
    ObjectNode ours = Vectors.JSON.readValue(body, ObjectNode.class);
    String cause = ours.at("/details/causes/0/message").asText();
    boolean told = ours.path("message").asText().equals(message + ": " + cause);
    ours.put("message", message).remove("details");
    return told && !cause.isEmpty() && ours.equals(record.get("body"));
  }

  private static void note(List<String> differences, String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      differences.add("%s: was <%s>, ours <%s>".formatted(what, expected, actual));
    }
  }

  private Request request(TestServer server, JsonNode record) {
    String method = record.get("method").asText();
    RequestBody body =
        Set.of("POST", "PUT", "PATCH").contains(method)
            ? RequestBody.create("", MediaType.get("application/json"))
            : null;
    var request =
        new Request.Builder().url(server.url(record.get("path").asText())).method(method, body);
    identity(record.get("as").asText())
        .forEach(header -> request.addHeader(header.name(), header.value()));
    for (JsonNode header : record.get("headers")) {
      String[] parts = header.asText().split(": ", 2);
      request.addHeader(parts[0], parts[1]);
    }
    return request.build();
  }

  private record Header(String name, String value) {}

  private static List<Header> identity(String as) {
    Header masters = new Header("X-Remote-Group", "system:masters");
    return switch (as) {
      case "admin" -> List.of(user("admin"), masters);
      case "fp-hpa" -> List.of(user(HPA), new Header("X-Remote-Group", "system:serviceaccounts"));
      case "fp-bob" -> List.of(user("bob"));
      // Without the proxy's certificate this says nothing.
      case "anon-spoof" -> List.of(user("admin"), masters);
      case "badtoken" -> List.of(new Header("Authorization", "Bearer nonsense"));
      default -> List.of();
    };
  }

  private static Header user(String name) {
    return new Header("X-Remote-User", name);
  }

  private OkHttpClient client(String as) {
    HeldCertificate certificate =
        switch (as) {
          case "admin", "fp-hpa", "fp-bob", "fp-none" -> identities.proxy;
          case "bob" -> identities.bob;
          default -> null;
        };
    return clients.computeIfAbsent(
        as, _ -> TestServer.client(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), certificate));
  }

  private static Instant timestamp(JsonNode record) throws Exception {
    JsonNode body = record.get("body");
    if (body.has("base64")) {
      byte[] bytes = body.get("base64").binaryValue();
      int at = indexOf(bytes, new byte[] {0x1a, 8, 8});
      ByteBuffer varint = ByteBuffer.wrap(bytes, at + 3, 5);
      long seconds = 0;
      for (int shift = 0; shift < 35; shift += 7) {
        seconds |= (varint.get() & 0x7fL) << shift;
      }
      return Instant.ofEpochSecond(seconds);
    }
    Matcher matcher = TIMESTAMP.matcher(body.isTextual() ? body.asText() : body.toString());
    return matcher.find() ? Instant.parse(matcher.group()) : Instant.EPOCH;
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
    return haystack.indexOf(new String(part, StandardCharsets.ISO_8859_1));
  }

  private static Object expectedBody(JsonNode record) throws Exception {
    JsonNode body = record.get("body");
    if (body.has("base64")) {
      return hex(body.get("base64").binaryValue());
    }
    return body.isTextual() ? body.asText() : ordered(body.deepCopy());
  }

  private static Object actualBody(String type, byte[] body) throws Exception {
    if (type.contains("protobuf")) {
      return hex(body);
    }
    return type.startsWith("application/json")
        ? ordered(Vectors.JSON.readTree(body))
        : new String(body, StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** The order of items, resources and paths, and the port, are not part of the contract. */
  private static JsonNode ordered(JsonNode document) {
    for (String field : List.of("items", "resources", "paths")) {
      if (document.get(field) instanceof ArrayNode array) {
        List<JsonNode> sorted = new ArrayList<>();
        array.forEach(sorted::add);
        sorted.sort(Comparator.comparing(JsonNode::toString));
        array.removeAll();
        array.addAll(sorted);
      }
    }
    return document;
  }
}
