// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.controlplane.ManagedFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An API server in memory: resource versions, server-side apply and updates with the ownership of
 * fields as Kubernetes keeps it, scale subresources and label selectors. It can fail, and it can
 * kill its caller before or after a write.
 */
final class FakeCluster implements ClusterApi {
  static final JsonMapper JSON = new JsonMapper();

  /** The caller is dead from here on: nothing catches this. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private final Map<String, ObjectNode> objects = new TreeMap<>();
  final List<String> writes = new ArrayList<>();
  int reads;
  Optional<Integer> failure = Optional.empty();

  /** Kills at the write after so many; before it is done, or after. */
  int killAfterWrites = Integer.MAX_VALUE;

  boolean killedWriteIsDone;
  Runnable beforeWrite = () -> {};
  private long version = 100;

  void put(String path, String json) {
    try {
      ObjectNode object = (ObjectNode) JSON.readTree(json);
      ObjectNode metadata = object.withObjectProperty("metadata");
      metadata.put("name", path.substring(path.lastIndexOf('/') + 1));
      if (path.contains("/namespaces/")) {
        metadata.put("namespace", path.replaceFirst(".*/namespaces/([^/]*)/.*", "$1"));
      }
      objects.put(path, object);
      fieldsOf("kubectl-client-side-apply").own(object);
      touch(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String path) {
    objects.remove(path);
  }

  ObjectNode object(String path) {
    ObjectNode found = objects.get(path);
    if (found == null) {
      throw new ControlPlaneException(404, path + " not found");
    }
    return found;
  }

  boolean exists(String path) {
    return objects.containsKey(path);
  }

  /** Changes an object as somebody else. */
  void edit(String manager, String path, String patch) {
    try {
      update(path, (ObjectNode) JSON.readTree(patch), manager);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JsonNode get(String path) {
    reads++;
    fail();
    if (path.contains("?labelSelector=")) {
      String plural = path.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
      ObjectNode list = JSON.createObjectNode();
      ArrayNode items = list.putArray("items");
      objects.forEach(
          (at, object) -> {
            if (at.contains("/" + plural + "/")
                && object.path("metadata").path("labels").has(Keepsake.NAME)) {
              items.add(object.deepCopy());
            }
          });
      return list;
    }
    return path.endsWith("/scale") ? scale(path) : object(path).deepCopy();
  }

  @Override
  public JsonNode apply(String path, ObjectNode applied) {
    return write(
        "apply " + path,
        () -> {
          ObjectNode present = object(path);
          requireVersion(present, applied);
          ObjectNode next = fieldsOf("agentscale").apply(present, applied, true);
          return store(path, next);
        });
  }

  @Override
  public JsonNode merge(String path, ObjectNode patch) {
    return write(
        "merge " + path,
        () -> {
          if (path.endsWith("/scale")) {
            String workload = path.substring(0, path.length() - "/scale".length());
            requireVersion(object(workload), patch);
            ObjectNode next = object(workload).deepCopy();
            next.withObjectProperty("spec").set("replicas", patch.at("/spec/replicas"));
            store(workload, next);
            return scale(path);
          }
          requireVersion(object(path), patch);
          return update(path, patch, "agentscale");
        });
  }

  private interface Change {
    JsonNode run();
  }

  private JsonNode write(String what, Change change) {
    fail();
    beforeWrite.run();
    boolean killed = killAfterWrites-- <= 0;
    if (killed && !killedWriteIsDone) {
      throw new Killed();
    }
    JsonNode done = change.run();
    writes.add(what);
    if (killed) {
      throw new Killed();
    }
    return done.deepCopy();
  }

  private void fail() {
    failure.ifPresent(
        code -> {
          throw new ControlPlaneException(code, "told to fail");
        });
  }

  private ObjectNode scale(String path) {
    ObjectNode workload = object(path.substring(0, path.length() - "/scale".length()));
    ObjectNode scale = JSON.createObjectNode().put("kind", "Scale");
    scale
        .putObject("metadata")
        .put("resourceVersion", workload.at("/metadata/resourceVersion").asText());
    ObjectNode spec = scale.putObject("spec");
    int replicas = workload.at("/spec/replicas").asInt();
    if (replicas != 0) {
      spec.put("replicas", replicas);
    }
    scale.putObject("status").put("replicas", replicas).put("selector", "app=coder");
    return scale;
  }

  private static void requireVersion(ObjectNode present, JsonNode asked) {
    JsonNode expected = asked.at("/metadata/resourceVersion");
    if (!expected.isMissingNode() && !expected.equals(present.at("/metadata/resourceVersion"))) {
      throw new ControlPlaneException(409, "the object has been modified");
    }
  }

  private ObjectNode update(String path, ObjectNode patch, String manager) {
    return store(path, fieldsOf(manager).merge(object(path), patch));
  }

  private ManagedFields fieldsOf(String manager) {
    String second = String.format(Locale.ROOT, "%02d", version % 60);
    return new ManagedFields(manager, "2026-01-01T00:00:" + second + "Z", "");
  }

  private ObjectNode store(String path, ObjectNode next) {
    if (path.contains("horizontalpodautoscalers")) {
      ObjectNode spec = next.withObjectProperty("spec");
      if (!spec.has("minReplicas")) {
        spec.put("minReplicas", 1);
      }
      int min = spec.path("minReplicas").asInt();
      int max = spec.path("maxReplicas").asInt();
      if (min < 1 || max < min) {
        throw new ControlPlaneException(422, "min " + min + ", max " + max);
      }
    }
    objects.put(path, next);
    touch(next);
    return next;
  }

  private void touch(ObjectNode object) {
    version++;
    object.withObjectProperty("metadata").put("resourceVersion", Long.toString(version));
  }
}
