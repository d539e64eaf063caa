// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.AccessRequest.OfPath;
import io.agentscale.apiservice.authorization.AccessRequest.OfResource;
import java.util.Collections;
import java.util.Set;

/**
 * Something that some users may read; {@code *} stands for any.
 *
 * @param users names of the users meant
 * @param groups groups whose members are meant too
 * @param apiGroups API groups whose resources they may get and list
 * @param namespaces where; {@code *} includes the cluster scope
 * @param paths paths they may get; one ending in {@code *} is a prefix
 */
public record AllowRule(
    Set<String> users,
    Set<String> groups,
    Set<String> apiGroups,
    Set<String> namespaces,
    Set<String> paths) {
  private static final Set<String> READING = Set.of("get", "list");
  private static final String ANY = "*";

  public AllowRule {
    users = Set.copyOf(users);
    groups = Set.copyOf(groups);
    apiGroups = Set.copyOf(apiGroups);
    namespaces = Set.copyOf(namespaces);
    paths = Set.copyOf(paths);
  }

  /** Returns the rule that lets one user read everything. */
  public static AllowRule readAll(String user) {
    return new AllowRule(Set.of(user), Set.of(), Set.of(ANY), Set.of(ANY), Set.of(ANY));
  }

  boolean allows(User user, AccessRequest request) {
    return isFor(user) && READING.contains(request.verb()) && covers(request);
  }

  private boolean isFor(User user) {
    return matches(users, user.name()) || !Collections.disjoint(groups, user.groups());
  }

  private boolean covers(AccessRequest request) {
    return switch (request) {
      case OfResource resource ->
          matches(apiGroups, resource.group()) && matches(namespaces, resource.namespace());
      case OfPath(_, String path) ->
          paths.stream().anyMatch(pattern -> AllowedPaths.matches(pattern, path));
    };
  }

  private static boolean matches(Set<String> allowed, String value) {
    return allowed.contains(ANY) || allowed.contains(value);
  }
}
