// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An informer's memory that keeps of each object its name and version only, and passes the object
 * on to those who keep more. It is filled before the informer counts as synced, which event
 * handlers are not.
 */
final class WatchedStore<T extends HasMetadata> implements ItemStore<T> {

  /** Keeps what it needs of the objects. */
  interface Keeper<T> {
    void keep(T object);

    void forget(T object);
  }

  private final ReducedStateItemStore<T> versions;
  private final Keeper<T> keeper;

  WatchedStore(Class<T> type, KubernetesSerialization serialization, Keeper<T> keeper) {
    this.versions =
        new ReducedStateItemStore<>(ReducedStateItemStore.NAME_KEY_STATE, type, serialization);
    this.keeper = keeper;
  }

  @Override
  public String getKey(T object) {
    return versions.getKey(object);
  }

  @Override
  public @Nullable T put(String key, T object) {
    keeper.keep(object);
    return versions.put(key, object);
  }

  @Override
  public @Nullable T remove(String key) {
    T object = versions.remove(key);
    if (object != null) {
      keeper.forget(object);
    }
    return object;
  }

  @Override
  public Stream<String> keySet() {
    return versions.keySet();
  }

  @Override
  public Stream<T> values() {
    return versions.values();
  }

  @Override
  public @Nullable T get(String key) {
    return versions.get(key);
  }

  @Override
  public int size() {
    return versions.size();
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
