// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.apiservice.provider.GroupResource;
import java.util.Locale;

/** The scale subresources of workloads: how many replicas are asked for. */
final class Scales {
  private final ClusterApi api;
  private final ResourceMapper kinds;

  /**
   * A scale as it was read.
   *
   * @param path of the subresource
   * @param resourceVersion of the workload at that time
   * @param replicas asked for
   * @param selector that matches the workload's pods; empty if it does not say
   */
  record Scale(String path, String resourceVersion, int replicas, String selector) {}

  Scales(ClusterApi api, ResourceMapper kinds) {
    this.api = api;
    this.kinds = kinds;
  }

  /**
   * Reads a workload's scale.
   *
   * @throws ControlPlaneException also if the kind is not known to the cluster
   */
  Scale read(String namespace, TargetRef target) {
    String path = path(namespace, target) + "/scale";
    JsonNode scale = api.get(path);
    return new Scale(
        path,
        scale.path("metadata").path("resourceVersion").asText(),
        // The API server leaves out a count of 0.
        scale.path("spec").path("replicas").asInt(0),
        scale.path("status").path("selector").asText());
  }

  /** Asks for another count, unless the workload has changed since its scale was read. */
  void write(Scale read, int replicas) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", read.resourceVersion());
    patch.putObject("spec").put("replicas", replicas);
    var _ = api.merge(read.path(), patch);
  }

  private String path(String namespace, TargetRef target) {
    int slash = target.apiVersion().indexOf('/');
    String group = slash < 0 ? "" : target.apiVersion().substring(0, slash);
    ResourceKind kind =
        kinds
            .resolve(new GroupResource(group, target.kind().toLowerCase(Locale.ROOT)))
            .orElseThrow(
                () ->
                    new ControlPlaneException(
                        404,
                        "the cluster has no kind %s in %s"
                            .formatted(target.kind(), target.apiVersion())));
    return (slash < 0 ? "/api/" : "/apis/")
        + target.apiVersion()
        + "/namespaces/"
        + namespace
        + "/"
        + kind.resource().resource()
        + "/"
        + target.name();
  }
}
