// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.apiservice.provider.GroupResource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A mapper that knows a fixed list of kinds, core kinds first. */
public record Kinds(List<ResourceKind> kinds) implements ResourceMapper {
  public static final ResourceKind PODS = core("pods", "Pod", true);
  public static final ResourceKind NAMESPACES = core("namespaces", "Namespace", false);
  static final ResourceKind SERVICES = core("services", "Service", true);
  static final ResourceKind NODES = core("nodes", "Node", false);
  static final ResourceKind VOLUMES = core("persistentvolumes", "PersistentVolume", false);

  /** The kinds of the recorded cases. */
  public static final Kinds RECORDED =
      new Kinds(
          List.of(
              PODS,
              SERVICES,
              NODES,
              VOLUMES,
              NAMESPACES,
              grouped("deployments", "deployment", "apps", true),
              grouped("jobs", "job", "batch", true),
              grouped("ingresses", "ingress", "networking.k8s.io", true),
              grouped("inferencepools", "inferencepool", "inference.networking.x-k8s.io", true),
              grouped("ingressclasses", "ingressclass", "networking.k8s.io", false)));

  /** The kinds of the reference's own tests. */
  static final Kinds LEGACY =
      new Kinds(
          List.of(
              PODS,
              SERVICES,
              NODES,
              VOLUMES,
              NAMESPACES,
              grouped("ingresses", "ingress", "extensions", true),
              grouped("deployments", "deployment", "extensions", true)));

  private static ResourceKind core(String plural, String kind, boolean namespaced) {
    return new ResourceKind(
        new GroupResource("", plural), kind.toLowerCase(Locale.ROOT), "v1", kind, namespaced);
  }

  private static ResourceKind grouped(
      String plural, String singular, String group, boolean namespaced) {
    return new ResourceKind(
        new GroupResource(group, plural), singular, group + "/v1", singular, namespaced);
  }

  @Override
  public Optional<ResourceKind> resolve(GroupResource wanted) {
    return kinds.stream()
        .filter(kind -> wanted.group().isEmpty() || wanted.group().equals(kind.resource().group()))
        .filter(
            kind ->
                wanted.resource().equals(kind.resource().resource())
                    || wanted.resource().equals(kind.singular()))
        .findFirst();
  }
}
