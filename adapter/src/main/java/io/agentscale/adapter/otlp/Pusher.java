// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.agentscale.apiservice.authentication.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who pushes, and for which pods it may.
 *
 * <p>A pod may push for itself: its service account's token says its namespace, and the pod too
 * where the token is bound to one, as those mounted by Kubernetes are. Whoever pushes for others,
 * such as a collector, has to be named in the configuration.
 *
 * @param name of the user
 * @param namespaces it may push for; {@code *} is any
 * @param ownNamespace of a service account
 * @param ownPod the pod its token is bound to
 */
record Pusher(
    String name, Set<String> namespaces, Optional<String> ownNamespace, Optional<String> ownPod) {
  private static final String ANY = "*";
  private static final String MASTERS = "system:masters";
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
  private static final String POD_CLAIM = "authentication.kubernetes.io/pod-name";

  Pusher {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * Tells what a user may push for.
   *
   * @param allowed namespaces by user or group
   */
  static Pusher of(User user, Map<String, List<String>> allowed) {
    List<String> namespaces = new ArrayList<>();
    Stream.concat(Stream.of(user.name()), user.groups().stream())
        .forEach(who -> namespaces.addAll(allowed.getOrDefault(who, List.of())));
    if (user.groups().contains(MASTERS)) {
      namespaces.add(ANY);
    }
    return new Pusher(
        user.name(),
        Set.copyOf(namespaces),
        namespaceOf(user.name()),
        user.extra().getOrDefault(POD_CLAIM, List.of()).stream().findFirst());
  }

  private static Optional<String> namespaceOf(String user) {
    if (!user.startsWith(SERVICE_ACCOUNT)) {
      return Optional.empty();
    }
    String rest = user.substring(SERVICE_ACCOUNT.length());
    int colon = rest.indexOf(':');
    return colon > 0 ? Optional.of(rest.substring(0, colon)) : Optional.empty();
  }

  /** Tells whether it may push for a pod. */
  boolean mayPushFor(PodName pod) {
    if (namespaces.contains(ANY) || namespaces.contains(pod.namespace())) {
      return true;
    }
    return ownNamespace.equals(Optional.of(pod.namespace()))
        && ownPod.map(pod.pod()::equals).orElse(true);
  }
}
