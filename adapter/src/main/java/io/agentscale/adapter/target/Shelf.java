// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * Objects of one kind by namespace and name, and by keys of their own, so that a question about one
 * target does not look at those of all others. Readers never wait.
 */
final class Shelf<T> {
  private final Map<String, Map<String, T>> byNamespace = new ConcurrentHashMap<>();
  private final Map<Key, Map<String, T>> byKey = new ConcurrentHashMap<>();
  private final Function<T, Set<String>> keys;

  private record Key(String namespace, String key) {}

  /**
   * @param keys under which an object is to be found, besides its name
   */
  Shelf(Function<T, Set<String>> keys) {
    this.keys = keys;
  }

  /** Adds an object or replaces the one of its name, which is never missing in between. */
  synchronized void put(String namespace, String name, T object) {
    T before = shelf(byNamespace, namespace).put(name, object);
    Set<String> present = keys.apply(object);
    present.forEach(key -> shelf(byKey, new Key(namespace, key)).put(name, object));
    if (before != null) {
      keys.apply(before).stream()
          .filter(key -> !present.contains(key))
          .forEach(key -> take(byKey, new Key(namespace, key), name));
    }
  }

  synchronized void remove(String namespace, String name) {
    take(byNamespace, namespace, name)
        .ifPresent(
            gone ->
                keys.apply(gone).forEach(key -> take(byKey, new Key(namespace, key), name)));
  }

  Optional<T> find(String namespace, String name) {
    return Optional.ofNullable(byNamespace.getOrDefault(namespace, Map.of()).get(name));
  }

  /** Returns all objects of a namespace, by name. */
  List<T> all(String namespace) {
    return List.copyOf(byNamespace.getOrDefault(namespace, Map.of()).values());
  }

  /** Returns the objects of a namespace that have the key, by name. */
  List<T> all(String namespace, String key) {
    return List.copyOf(byKey.getOrDefault(new Key(namespace, key), Map.of()).values());
  }

  private static <K, T> Map<String, T> shelf(Map<K, Map<String, T>> shelves, K key) {
    return shelves.computeIfAbsent(key, _ -> new ConcurrentSkipListMap<>());
  }

  private static <K, T> Optional<T> take(Map<K, Map<String, T>> shelves, K key, String name) {
    Map<String, T> shelf = shelves.getOrDefault(key, Map.of());
    Optional<T> taken = Optional.ofNullable(shelf.isEmpty() ? null : shelf.remove(name));
    if (shelf.isEmpty()) {
      shelves.remove(key);
    }
    return taken;
  }
}
