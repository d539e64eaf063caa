// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes an autoscaler as a policy wants it, in at most two writes that may be cut off anywhere.
 *
 * <ol>
 *   <li>Server-side apply of the bounds together with the {@link Keepsake}: those to hold at our
 *       value, those to give back at the user's.
 *   <li>Where any is given back, our ownership of its field is struck from the record. Leaving it
 *       out of an apply would delete the value, and keeping it would make the user's next apply a
 *       conflict.
 * </ol>
 *
 * Each write is bound to the version that was read, so that nobody's change is lost.
 */
final class AutoscalerWriter {
  private static final String METADATA = "metadata";

  private final ClusterApi api;

  AutoscalerWriter(ClusterApi api) {
    this.api = api;
  }

  HeldObject read(AutoscalerRef ref) {
    return new HeldObject(ref, api.get(ref.path()));
  }

  /**
   * Writes what differs.
   *
   * @param before what was remembered on the object
   * @return the object as it is then
   */
  HeldObject write(HeldObject object, Optional<Keepsake> before, Holding next) {
    EnumSet<Bound> dropped = EnumSet.noneOf(Bound.class);
    before.ifPresent(keepsake -> dropped.addAll(keepsake.bounds().keySet()));
    dropped.removeAll(next.held().keySet());
    EnumSet<Bound> touched = EnumSet.copyOf(dropped);
    touched.addAll(next.held().keySet());
    HeldObject after = object;
    if (differs(object, before, next, touched)) {
      after = apply(object, next, touched);
    }
    boolean isFreed = next.isEmpty() && before.isPresent();
    return dropped.isEmpty() && !isFreed ? after : disown(after, next, dropped);
  }

  private static boolean differs(
      HeldObject object, Optional<Keepsake> before, Holding next, Set<Bound> touched) {
    boolean valuesDiffer =
        touched.stream().anyMatch(bound -> !object.value(bound).equals(next.wanted(bound)));
    boolean isRemembered =
        next.isEmpty() || before.equals(Optional.of(next.keepsake(next.held().keySet())));
    return valuesDiffer || !isRemembered;
  }

  private HeldObject apply(HeldObject object, Holding next, Set<Bound> touched) {
    AutoscalerRef ref = object.ref();
    ObjectNode applied = JsonNodeFactory.instance.objectNode();
    applied.put("apiVersion", ref.kind().apiVersion()).put("kind", ref.kind().kind());
    ObjectNode metadata = applied.putObject(METADATA);
    metadata.put("name", ref.name()).put("namespace", ref.namespace());
    metadata.put("resourceVersion", object.resourceVersion());
    metadata.putObject("annotations").put(Keepsake.NAME, next.keepsake(touched).toJson());
    metadata.putObject("labels").put(Keepsake.NAME, "true");
    for (Bound bound : touched) {
      next.wanted(bound)
          .ifPresent(
              value -> applied.withObjectProperty("spec").put(ref.kind().field(bound), value));
    }
    return new HeldObject(ref, api.apply(ref.path(), applied));
  }

  private HeldObject disown(HeldObject object, Holding next, Set<Bound> dropped) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = patch.putObject(METADATA);
    metadata.put("resourceVersion", object.resourceVersion());
    if (next.isEmpty()) {
      metadata.set("managedFields", object.owners().withoutOurs());
      metadata.putObject("annotations").putNull(Keepsake.NAME);
      metadata.putObject("labels").putNull(Keepsake.NAME);
    } else {
      Set<String> fields =
          dropped.stream().map(object.ref().kind()::field).collect(Collectors.toSet());
      metadata.set("managedFields", object.owners().without(fields));
      metadata
          .putObject("annotations")
          .put(Keepsake.NAME, next.keepsake(next.held().keySet()).toJson());
    }
    return new HeldObject(object.ref(), api.merge(object.ref().path(), patch));
  }
}
