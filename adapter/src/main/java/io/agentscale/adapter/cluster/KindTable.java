// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.apiservice.provider.GroupResource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kinds found by name. Where two groups have a kind of the same name and none is asked for, the one
 * listed first wins; list the core group first.
 */
final class KindTable implements ResourceMapper {
  private final List<ResourceKind> kinds;
  private final Map<GroupResource, ResourceKind> byName = new HashMap<>();
  private final Map<String, ResourceKind> byBareName = new HashMap<>();
  private final Map<String, ResourceKind> byManifest = new HashMap<>();

  KindTable(List<ResourceKind> kinds) {
    this.kinds = List.copyOf(kinds);
    for (ResourceKind kind : kinds) {
      String group = kind.resource().group();
      for (String name : List.of(kind.resource().resource(), kind.singular())) {
        byName.putIfAbsent(new GroupResource(group, name), kind);
        byBareName.putIfAbsent(name, kind);
      }
      byManifest.putIfAbsent(manifestKey(group, kind.kind()), kind);
    }
  }

  /** Returns a table of the kinds of this one and, behind them, more. */
  KindTable with(List<ResourceKind> more) {
    return new KindTable(Stream.concat(kinds.stream(), more.stream()).toList());
  }

  @Override
  public Optional<ResourceKind> resolve(GroupResource resource) {
    String group = resource.group().toLowerCase(Locale.ROOT);
    String name = resource.resource().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(
        group.isEmpty() ? byBareName.get(name) : byName.get(new GroupResource(group, name)));
  }

  /** Finds a kind as manifests name it; the version does not matter. */
  Optional<ResourceKind> resolveManifest(String apiVersion, String kind) {
    return Optional.ofNullable(byManifest.get(manifestKey(WellKnownKinds.group(apiVersion), kind)));
  }

  private static String manifestKey(String group, String kind) {
    return group + "/" + kind;
  }
}
