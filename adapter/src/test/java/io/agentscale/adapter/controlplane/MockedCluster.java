// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * fabric8's mock of an API server in CRUD mode, with our resource definitions installed and with
 * what it lacks added: server-side apply, and watches over plain HTTP, which a real one serves as
 * well as the web sockets that the mock has. It lets everybody do everything.
 */
public final class MockedCluster implements Cluster {
  private static final Path DEFINITIONS = Path.of("..", "deploy", "crds");
  private static final JsonMapper JSON = new JsonMapper();

  // Held, since a logger that nobody holds forgets its level. It tells of every request.
  private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

  static {
    REQUESTS.setLevel(Level.WARNING);
  }

  private final ApplyingDispatcher objects = new ApplyingDispatcher();
  private final KubernetesMockServer server =
      new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), objects, false);

  public MockedCluster() {
    server.init();
    for (String kind : List.of("scalingpolicies", "scalingmetricrules", "scalingshadows")) {
      define(DEFINITIONS.resolve(kind + ".yaml"));
    }
  }

  private void define(Path definition) {
    for (JsonNode crd : ShippedRoles.manifests(definition)) {
      String name = crd.at("/metadata/name").asText();
      put("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + name, crd.toString());
    }
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  @Override
  public String token() {
    return "anybody";
  }

  @Override
  public Optional<WatchEvents> watch(String uri) {
    return Optional.of(objects.watch(uri));
  }

  @Override
  public void end(WatchEvents watch) {
    objects.end(watch);
  }

  @Override
  public Optional<ObjectNode> read(String path) {
    return objects.read(path);
  }

  @Override
  public void put(String path, String json) {
    try {
      objects.put(path, (ObjectNode) JSON.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void edit(String path, String patch) {
    try {
      objects.edit(path, (ObjectNode) JSON.readTree(patch));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(String path) {
    objects.handleDelete(path);
  }

  @Override
  public void close() {
    server.destroy();
  }
}
