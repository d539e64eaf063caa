// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An API server that has no objects yet, and knows the kinds of those it will be given. */
final class KindsServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TYPE =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static final Set<String> CLUSTER_SCOPED =
      Set.of(
          "Namespace",
          "ClusterRole",
          "ClusterRoleBinding",
          "APIService",
          "CustomResourceDefinition");

  private final HttpServer server;
  private final List<JsonNode> objects;

  KindsServer(List<JsonNode> objects) throws IOException {
    this.objects = objects;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      boolean known = path.equals("/api") || path.equals("/apis");
      ObjectNode answer =
          known
              ? discovery(path.equals("/api"))
              : JSON.createObjectNode()
                  .put("kind", "Status")
                  .put("apiVersion", "v1")
                  .put("status", "Failure")
                  .put("reason", "NotFound")
                  .put("code", 404);
      byte[] body = answer.toString().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", known ? TYPE : "application/json");
      exchange.sendResponseHeaders(known ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private ObjectNode discovery(boolean core) {
    ObjectNode list =
        JSON.createObjectNode()
            .put("kind", "APIGroupDiscoveryList")
            .put("apiVersion", "apidiscovery.k8s.io/v2");
    var groups = list.putArray("items");
    objects.stream()
        .map(object -> object.path("apiVersion").asText())
        .distinct()
        .filter(apiVersion -> apiVersion.contains("/") != core)
        .forEach(apiVersion -> describe(groups.addObject(), apiVersion));
    return list;
  }

  private void describe(ObjectNode group, String apiVersion) {
    int slash = apiVersion.indexOf('/');
    group.putObject("metadata").put("name", slash < 0 ? "" : apiVersion.substring(0, slash));
    ObjectNode version = group.putArray("versions").addObject();
    version.put("version", apiVersion.substring(slash + 1)).put("freshness", "Current");
    var resources = version.putArray("resources");
    objects.stream()
        .filter(object -> object.path("apiVersion").asText().equals(apiVersion))
        .map(object -> object.path("kind").asText())
        .distinct()
        .forEach(
            kind -> {
              ObjectNode resource = resources.addObject();
              resource
                  .put("resource", kind.toLowerCase(Locale.ROOT) + "s")
                  .put("singularResource", kind.toLowerCase(Locale.ROOT))
                  .put("scope", CLUSTER_SCOPED.contains(kind) ? "Cluster" : "Namespaced");
              resource.putObject("responseKind").put("kind", kind);
              resource.putArray("verbs").add("get").add("create").add("patch");
            });
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
