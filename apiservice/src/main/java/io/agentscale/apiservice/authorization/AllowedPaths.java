// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.AccessRequest.OfPath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Allows some paths outside the API groups to everybody; a pattern ending in * is a prefix. */
public final class AllowedPaths implements Authorizer {
  /** The probes of a kubelet, which carry no credential. */
  public static final List<String> PROBES = List.of("/healthz", "/livez", "/readyz");

  private final List<String> patterns;

  public AllowedPaths(List<String> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  @Override
  public CompletionStage<Decision> authorize(User user, AccessRequest request) {
    boolean allowed =
        request instanceof OfPath(_, String path)
            && patterns.stream().anyMatch(pattern -> matches(pattern, path));
    return CompletableFuture.completedStage(allowed ? Decision.ALLOWED : Decision.NO_OPINION);
  }

  static boolean matches(String pattern, String path) {
    return pattern.endsWith("*")
        ? path.startsWith(pattern.substring(0, pattern.length() - 1))
        : path.equals(pattern);
  }
}
