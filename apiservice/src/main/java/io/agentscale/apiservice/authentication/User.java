// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whoever sent a request, as Kubernetes describes a user.
 *
 * @param name such as {@code system:serviceaccount:kube-system:horizontal-pod-autoscaler}
 * @param uid absent where the credential carries none
 * @param groups in the order given
 * @param extra further attributes by lower-case key
 */
public record User(
    String name, Optional<String> uid, List<String> groups, Map<String, List<String>> extra) {
  private static final String AUTHENTICATED = "system:authenticated";

  /** Whoever presents no credential at all. */
  public static final User ANONYMOUS = named("system:anonymous", List.of("system:unauthenticated"));

  public User {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  public static User named(String name, List<String> groups) {
    return new User(name, Optional.empty(), groups, Map.of());
  }

  /** Returns this user as a member of {@code system:authenticated}. */
  User authenticated() {
    if (groups.contains(AUTHENTICATED)) {
      return this;
    }
    List<String> all = Stream.concat(groups.stream(), Stream.of(AUTHENTICATED)).toList();
    return new User(name, uid, all, extra);
  }
}
