// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Server-side apply and patches as Kubernetes does them, with who owns which field kept in {@code
 * metadata.managedFields}: an apply owns what it names, conflicts with other owners of another
 * value unless it is forced, and removes what its manager named before and names no more; a patch
 * owns what it changes. Simpler than Kubernetes in that every list is owned as a whole.
 *
 * @param manager who writes
 * @param time of the write, as it is recorded
 * @param subresource what is written to; empty for the object itself, whose status stays as it is
 */
public record ManagedFields(String manager, String time, String subresource) {
  private static final String APPLY = "Apply";
  private static final String UPDATE = "Update";
  private static final String MANAGED = "managedFields";
  private static final String METADATA = "metadata";
  private static final Set<String> BOOKKEEPING =
      Set.of("name", "namespace", "resourceVersion", MANAGED, "uid", "creationTimestamp");

  /** An apply names fields with another value than that which others own. */
  public static final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConflictException(Set<String> fields) {
      super(
          "Apply failed with conflicts: "
              + fields.stream().map(f -> f.replace('\n', '.')).toList());
    }
  }

  /** Records all of a new object's fields as written by this manager. */
  public void own(ObjectNode object) {
    Set<String> fields = leaves(object, "");
    object.withObjectProperty(METADATA).putArray(MANAGED);
    if (!fields.isEmpty()) {
      own(object, UPDATE, fields);
    }
  }

  /**
   * Returns an object as an apply leaves it.
   *
   * @param applied the fields
   * @throws ConflictException unless forced
   */
  public ObjectNode apply(ObjectNode stored, ObjectNode applied, boolean force) {
    ObjectNode present = withOwners(stored);
    Set<String> before = owned(present, APPLY);
    Set<String> fields = leaves(applied, "");
    Set<String> taken = new TreeSet<>(fields);
    taken.removeIf(field -> at(applied, field).equals(at(present, field)));
    Set<String> conflicts = new TreeSet<>(taken);
    conflicts.removeIf(field -> !isOwnedByAnother(present, field));
    if (!conflicts.isEmpty() && !force) {
      throw new ConflictException(conflicts);
    }
    ObjectNode next = present.deepCopy();
    mergeInto(next, applied, fields);
    for (String dropped : before) {
      if (!fields.contains(dropped) && !isOwnedByAnother(next, dropped)) {
        remove(next, dropped);
      }
    }
    disown(next, taken);
    if (!taken.isEmpty() || !before.equals(fields)) {
      own(next, APPLY, fields);
    }
    return next;
  }

  /**
   * What nobody is recorded to own when it is first applied to is owned by a manager of that name.
   */
  private ObjectNode withOwners(ObjectNode stored) {
    ObjectNode present = stored.deepCopy();
    if (stored.path(METADATA).path(MANAGED).isEmpty()) {
      new ManagedFields("before-first-apply", time, subresource).own(present);
    }
    return present;
  }

  /** Returns an object as a merge patch leaves it, in which null removes. */
  public ObjectNode merge(ObjectNode present, ObjectNode patch) {
    ObjectNode next = present.deepCopy();
    resetOwners(next, patch.path(METADATA).path(MANAGED));
    Set<String> changed = new TreeSet<>();
    Set<String> fields = leaves(patch, "");
    for (String leaf : fields) {
      if (at(patch, leaf).isNull()) {
        remove(next, leaf);
        disown(next, under(next, leaf));
      } else if (!at(patch, leaf).equals(at(next, leaf))) {
        changed.add(leaf);
      }
    }
    fields.removeIf(leaf -> at(patch, leaf).isNull());
    mergeInto(next, patch, fields);
    if (!changed.isEmpty()) {
      Set<String> all = new TreeSet<>(owned(next, UPDATE));
      all.addAll(changed);
      disown(next, changed);
      own(next, UPDATE, all);
    }
    return next;
  }

  /** A list is taken as it is; none of it means as it was, and one empty entry that all go. */
  private static void resetOwners(ObjectNode next, JsonNode managed) {
    boolean isReset = managed.size() == 1 && managed.get(0).isEmpty();
    if (managed.isArray() && !managed.isEmpty()) {
      next.withObjectProperty(METADATA)
          .set(MANAGED, isReset ? JsonNodeFactory.instance.arrayNode() : managed.deepCopy());
    }
  }

  private Set<String> leaves(JsonNode node, String at) {
    Set<String> leaves = new LinkedHashSet<>();
    for (var field : node.properties()) {
      String name = at + "\n" + field.getKey();
      if (isBookkeeping(at, field.getKey())) {
        continue;
      }
      if (field.getValue().isObject()) {
        leaves.addAll(leaves(field.getValue(), name));
      } else {
        leaves.add(name);
      }
    }
    return leaves;
  }

  private boolean isBookkeeping(String at, String key) {
    if (at.isEmpty()) {
      return subresource.isEmpty()
          ? List.of("apiVersion", "kind", "status").contains(key)
          : !key.equals(subresource);
    }
    return at.equals("\n" + METADATA) && BOOKKEEPING.contains(key);
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

  private static void mergeInto(ObjectNode into, JsonNode patch, Set<String> leaves) {
    for (String leaf : leaves) {
      ObjectNode parent = into;
      String[] parts = leaf.substring(1).split("\n", -1);
      for (int i = 0; i < parts.length - 1; i++) {
        parent = parent.withObjectProperty(parts[i]);
      }
      parent.set(parts[parts.length - 1], at(patch, leaf));
    }
  }

  // ---- who owns them

  private boolean isMine(JsonNode entry, String operation) {
    return entry.path("manager").asText().equals(manager)
        && entry.path("operation").asText().equals(operation)
        && entry.path("subresource").asText().equals(subresource);
  }

  private Set<String> owned(ObjectNode object, String operation) {
    for (JsonNode entry : object.path(METADATA).path(MANAGED)) {
      if (isMine(entry, operation)) {
        return fields(entry.path("fieldsV1"), "");
      }
    }
    return Set.of();
  }

  private boolean isOwnedByAnother(ObjectNode object, String leaf) {
    for (JsonNode entry : object.path(METADATA).path(MANAGED)) {
      if (!isMine(entry, APPLY) && fields(entry.path("fieldsV1"), "").contains(leaf)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> under(ObjectNode object, String leaf) {
    Set<String> under = new TreeSet<>();
    for (JsonNode entry : object.path(METADATA).path(MANAGED)) {
      under.addAll(fields(entry.path("fieldsV1"), ""));
    }
    under.removeIf(field -> !field.equals(leaf) && !field.startsWith(leaf + "\n"));
    return under;
  }

  private static Set<String> fields(JsonNode fieldsV1, String at) {
    Set<String> fields = new TreeSet<>();
    for (var field : fieldsV1.properties()) {
      String name = at + "\n" + field.getKey().substring("f:".length());
      if (field.getValue().isEmpty()) {
        fields.add(name);
      } else {
        fields.addAll(fields(field.getValue(), name));
      }
    }
    return fields;
  }

  private static void disown(ObjectNode object, Set<String> leaves) {
    ArrayNode managed = object.withObjectProperty(METADATA).withArrayProperty(MANAGED);
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
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (String leaf : leaves) {
      ObjectNode parent = fields;
      for (String part : leaf.substring(1).split("\n", -1)) {
        parent = parent.withObjectProperty("f:" + part);
      }
    }
    return fields;
  }

  private void own(ObjectNode object, String operation, Set<String> leaves) {
    ArrayNode managed = object.withObjectProperty(METADATA).withArrayProperty(MANAGED);
    for (int i = managed.size() - 1; i >= 0; i--) {
      if (isMine(managed.get(i), operation)) {
        managed.remove(i);
      }
    }
    ObjectNode entry = managed.addObject();
    entry.put("manager", manager).put("operation", operation).put("fieldsType", "FieldsV1");
    entry.put("time", time);
    if (!subresource.isEmpty()) {
      entry.put("subresource", subresource);
    }
    entry.set("fieldsV1", encoded(leaves));
  }
}
