// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The informers that follow one kind: one for the whole cluster, or one for each namespace we are
 * restricted to.
 */
final class FollowedKind<T extends HasMetadata> implements AutoCloseable {
  private static final long NO_RESYNC = 0;

  private final List<SharedIndexInformer<T>> informers;
  private final List<String> paths;
  private final ContactLog contacts;

  private FollowedKind(
      List<SharedIndexInformer<T>> informers, List<String> paths, ContactLog contacts) {
    this.informers = informers;
    this.paths = paths;
    this.contacts = contacts;
  }

  /**
   * Starts to follow, and returns before anything is known.
   *
   * @param places what to list and watch, by the path it is listed at
   */
  static <T extends HasMetadata> FollowedKind<T> start(
      Map<String, ? extends Informable<T>> places,
      Class<T> type,
      KubernetesSerialization serialization,
      WatchedStore.Keeper<T> keeper,
      ContactLog contacts) {
    List<SharedIndexInformer<T>> informers =
        places.values().stream()
            .map(place -> informer(place, new WatchedStore<>(type, serialization, keeper)))
            .toList();
    return new FollowedKind<>(informers, List.copyOf(places.keySet()), contacts);
  }

  private static <T extends HasMetadata> SharedIndexInformer<T> informer(
      Informable<T> place, WatchedStore<T> store) {
    SharedIndexInformer<T> informer = place.runnableInformer(NO_RESYNC);
    informer
        .removeNamespaceIndex()
        .itemStore(store)
        // A kind not installed or not permitted yet may be so later.
        .exceptionHandler((_, _) -> true)
        .start();
    return informer;
  }

  FollowStatus status() {
    return new FollowStatus(isSynced(), failure());
  }

  boolean isSynced() {
    return informers.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  private Optional<FollowStatus.Failure> failure() {
    return paths.stream().flatMap(path -> contacts.failure(path).stream()).findFirst();
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }
}
