// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The objects of one kind, kept sorted by namespace and name.
 *
 * <p>An autoscaler asks with the same selector every few seconds while labels hardly ever change,
 * so the last answer to each question is kept for as long as no object of the namespace changed.
 */
final class ObjectTable {
  /** Beyond this many different questions a namespace's answers are forgotten and found anew. */
  private static final int REMEMBERED_ANSWERS = 256;

  private static final String NO_NAMESPACE = "";

  private final ConcurrentSkipListMap<String, Shelf> shelves = new ConcurrentSkipListMap<>();

  /** Objects that share a namespace. */
  private static final class Shelf {
    private final ConcurrentSkipListMap<String, ClusterObject> byName =
        new ConcurrentSkipListMap<>();
    private final AtomicLong version = new AtomicLong();
    private final ConcurrentMap<LabelSelector, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(long version, List<ClusterObject> objects) {}

    void changed() {
      version.incrementAndGet();
    }

    List<ClusterObject> select(LabelSelector selector) {
      // Read before the objects: a change while they are read makes the answer outdated, not wrong.
      long current = version.get();
      Answer remembered = answers.get(selector);
      if (remembered != null && remembered.version == current) {
        return remembered.objects;
      }
      List<ClusterObject> objects =
          byName.values().stream().filter(object -> selector.matches(object.labels())).toList();
      if (answers.size() >= REMEMBERED_ANSWERS) {
        answers.clear();
      }
      answers.put(selector, new Answer(current, objects));
      return objects;
    }
  }

  /** Adds an object or replaces the one of its name; tells nobody when nothing changed. */
  void put(ClusterObject object) {
    Shelf shelf = shelves.computeIfAbsent(key(object.namespace()), _ -> new Shelf());
    if (!object.equals(shelf.byName.put(object.name(), object))) {
      shelf.changed();
    }
  }

  void remove(Optional<String> namespace, String name) {
    Shelf shelf = shelves.get(key(namespace));
    if (shelf != null && shelf.byName.remove(name) != null) {
      shelf.changed();
    }
  }

  /** Objects of one namespace or (absent) of all, ordered by namespace and name. */
  List<ClusterObject> select(Optional<String> namespace, LabelSelector selector) {
    if (namespace.isEmpty()) {
      return shelves.values().stream().flatMap(shelf -> shelf.select(selector).stream()).toList();
    }
    Shelf shelf = shelves.get(namespace.get());
    return shelf == null ? List.of() : shelf.select(selector);
  }

  private static String key(Optional<String> namespace) {
    return namespace.orElse(NO_NAMESPACE);
  }
}
