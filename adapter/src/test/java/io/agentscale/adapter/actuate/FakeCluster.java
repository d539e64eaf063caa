// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlaneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An API server in memory: resource versions, server-side apply and updates with the ownership of
 * fields as Kubernetes keeps it, scale subresources and label selectors. It can fail, and it can
 * kill its caller before or after a write.
 */
final class FakeCluster implements ClusterApi {
  static final JsonMapper JSON = new JsonMapper();
  private static final String APPLY = "Apply";
  private static final String UPDATE = "Update";

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
      metadata.putArray("managedFields");
      objects.put(path, object);
      own(object, "kubectl-client-side-apply", UPDATE, leaves(object, ""), true);
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
          ObjectNode next = present.deepCopy();
          Set<String> before = owned(next, "agentscale", APPLY);
          Set<String> fields = leaves(applied, "");
          mergeInto(next, applied);
          for (String dropped : before) {
            if (!fields.contains(dropped) && !isOwnedByAnother(next, dropped)) {
              remove(next, dropped);
            }
          }
          own(next, "agentscale", APPLY, fields, true);
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
    ObjectNode next = object(path).deepCopy();
    JsonNode managed = patch.at("/metadata/managedFields");
    if (managed.isArray()) {
      boolean isReset = managed.size() == 1 && managed.get(0).isEmpty();
      if (isReset || !managed.isEmpty()) {
        next.withObjectProperty("metadata")
            .set("managedFields", isReset ? JSON.createArrayNode() : managed.deepCopy());
      }
    }
    ObjectNode fields = patch.deepCopy();
    ObjectNode metadata = fields.withObjectProperty("metadata");
    metadata.remove(List.of("managedFields", "resourceVersion"));
    Set<String> changed = new TreeSet<>();
    for (String leaf : leaves(fields, "")) {
      JsonNode wanted = at(fields, leaf);
      if (wanted.isNull()) {
        remove(next, leaf);
        disown(next, Set.of(leaf));
      } else if (!wanted.equals(at(next, leaf))) {
        changed.add(leaf);
      }
    }
    mergeInto(next, fields);
    Set<String> all = new HashSet<>(owned(next, manager, UPDATE));
    all.addAll(changed);
    if (!changed.isEmpty()) {
      disown(next, changed);
      own(next, manager, UPDATE, all, false);
    }
    return store(path, next);
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

  // ---- fields, named like .spec/minReplicas

  private static Set<String> leaves(JsonNode node, String at) {
    Set<String> leaves = new TreeSet<>();
    node.properties()
        .forEach(
            field -> {
              String name = at + "\n" + field.getKey();
              boolean isBookkeeping =
                  List.of("\napiVersion", "\nkind", "\nstatus").contains(name)
                      || List.of("name", "namespace", "resourceVersion", "managedFields", "uid")
                          .stream()
                          .anyMatch(key -> name.equals("\nmetadata\n" + key));
              if (isBookkeeping) {
                return;
              }
              if (field.getValue().isObject()) {
                leaves.addAll(leaves(field.getValue(), name));
              } else {
                leaves.add(name);
              }
            });
    return leaves;
  }

  private static JsonNode at(JsonNode node, String leaf) {
    JsonNode found = node;
    for (String part : leaf.substring(1).split("\n", -1)) {
      found = found.path(part);
    }
    return found;
  }

  private static void remove(ObjectNode object, String leaf) {
    int last = leaf.lastIndexOf('\n');
    JsonNode parent = last == 0 ? object : at(object, leaf.substring(0, last));
    if (parent instanceof ObjectNode node) {
      node.remove(leaf.substring(last + 1));
    }
  }

  private static void mergeInto(ObjectNode into, JsonNode patch) {
    for (String leaf : leaves(patch, "")) {
      JsonNode value = at(patch, leaf);
      if (value.isNull()) {
        continue;
      }
      ObjectNode parent = into;
      String[] parts = leaf.substring(1).split("\n", -1);
      for (int i = 0; i < parts.length - 1; i++) {
        parent = parent.withObjectProperty(parts[i]);
      }
      parent.set(parts[parts.length - 1], value);
    }
  }

  // ---- who owns them

  private static Set<String> owned(ObjectNode object, String manager, String operation) {
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (entry.path("manager").asText().equals(manager)
          && entry.path("operation").asText().equals(operation)) {
        return fields(entry.path("fieldsV1"), "");
      }
    }
    return Set.of();
  }

  private static Set<String> fields(JsonNode fieldsV1, String at) {
    Set<String> fields = new TreeSet<>();
    fieldsV1
        .properties()
        .forEach(
            field -> {
              String name = at + "\n" + field.getKey().substring("f:".length());
              if (field.getValue().isEmpty()) {
                fields.add(name);
              } else {
                fields.addAll(fields(field.getValue(), name));
              }
            });
    return fields;
  }

  private static boolean isOwnedByAnother(ObjectNode object, String leaf) {
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (!entry.path("manager").asText().equals("agentscale")
          && fields(entry.path("fieldsV1"), "").contains(leaf)) {
        return true;
      }
    }
    return false;
  }

  private static void disown(ObjectNode object, Set<String> leaves) {
    ArrayNode managed = object.withObjectProperty("metadata").withArrayProperty("managedFields");
    for (int i = managed.size() - 1; i >= 0; i--) {
      Set<String> left = fields(managed.get(i).path("fieldsV1"), "");
      left.removeAll(leaves);
      if (left.isEmpty()) {
        managed.remove(i);
      } else {
        ((ObjectNode) managed.get(i)).set("fieldsV1", encoded(left));
      }
    }
  }

  private static ObjectNode encoded(Set<String> leaves) {
    ObjectNode fields = JSON.createObjectNode();
    for (String leaf : leaves) {
      ObjectNode parent = fields;
      for (String part : leaf.substring(1).split("\n", -1)) {
        parent = parent.withObjectProperty("f:" + part);
      }
    }
    return fields;
  }

  private void own(
      ObjectNode object, String manager, String operation, Set<String> leaves, boolean force) {
    ArrayNode managed = object.withObjectProperty("metadata").withArrayProperty("managedFields");
    for (int i = managed.size() - 1; i >= 0; i--) {
      if (managed.get(i).path("manager").asText().equals(manager)
          && managed.get(i).path("operation").asText().equals(operation)) {
        managed.remove(i);
      }
    }
    if (force) {
      disown(object, leaves);
    }
    ObjectNode entry = managed.addObject();
    entry.put("manager", manager).put("operation", operation).put("fieldsType", "FieldsV1");
    entry.put("time", "2026-01-01T00:00:" + String.format("%02d", version % 60) + "Z");
    entry.set("fieldsV1", encoded(leaves));
  }
}
