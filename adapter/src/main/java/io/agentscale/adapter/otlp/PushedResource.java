// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which process of which pod an export is of.
 *
 * @param pod named by the resource, or by the token where the resource does not say
 * @param uid of the pod; empty if not told
 * @param process what tells it from other processes of the pod
 */
record PushedResource(Optional<PodName> pod, String uid, Map<String, String> process) {
  private static final String NAMESPACE = "k8s.namespace.name";
  private static final String POD = "k8s.pod.name";
  private static final String UID = "k8s.pod.uid";
  private static final List<String> PROCESS =
      List.of(
          "service.name", "service.instance.id", "k8s.container.name", "process.pid", "host.name");

  static PushedResource of(Resource resource, Pusher pusher) {
    Map<String, String> told = new HashMap<>();
    for (KeyValue attribute : resource.getAttributesList()) {
      String value = PointReader.text(attribute.getValue());
      if (value.length() <= PushLimits.NAME_LETTERS) {
        told.put(attribute.getKey(), value);
      }
    }
    Map<String, String> process = new HashMap<>(told);
    process.keySet().retainAll(PROCESS);
    Optional<String> namespace = said(told, NAMESPACE).or(pusher::ownNamespace);
    Optional<String> pod = said(told, POD).or(pusher::ownPod);
    return new PushedResource(
        namespace.flatMap(there -> pod.map(name -> new PodName(there, name))),
        told.getOrDefault(UID, ""),
        Map.copyOf(process));
  }

  private static Optional<String> said(Map<String, String> told, String key) {
    return Optional.ofNullable(told.get(key)).filter(value -> !value.isEmpty());
  }
}
