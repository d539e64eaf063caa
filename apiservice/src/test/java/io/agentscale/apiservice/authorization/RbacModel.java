// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.AccessRequest.OfResource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Kubernetes' RBAC in memory, by the rules of {@code pkg/apis/rbac/v1/evaluation_helpers.go}; it
 * counts what it is asked.
 */
final class RbacModel implements AccessReviews {
  /** A rule bound to one user, in one namespace or everywhere ({@code *}). */
  record Rule(
      String user,
      String namespace,
      List<String> verbs,
      List<String> groups,
      List<String> resources,
      List<String> names) {}

  final List<Rule> rules;
  final List<AccessRequest> asked = new ArrayList<>();

  RbacModel(List<Rule> rules) {
    this.rules = rules;
  }

  /** Makes rules that often nearly fit the requests of {@link #randomRequest}. */
  static RbacModel random(SplittableRandom random) {
    List<Rule> rules = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      rules.add(
          new Rule(
              pick(random, "hpa", "hpa", "bob"),
              pick(random, "*", "ns1", "ns2"),
              List.of(pick(random, "get", "list", "*")),
              List.of(pick(random, "custom.metrics.k8s.io", "external.metrics.k8s.io", "*")),
              List.of(pick(random, "pods/m1", "pods/*", "*/m1", "*", "pods", "metrics")),
              random.nextInt(3) == 0
                  ? List.of()
                  : List.of(pick(random, "p1", "p2", "*", "", "any"))));
    }
    return new RbacModel(rules);
  }

  static OfResource randomRequest(SplittableRandom random) {
    return new OfResource(
        pick(random, "get", "list"),
        pick(random, "custom.metrics.k8s.io", "external.metrics.k8s.io"),
        "v1beta2",
        pick(random, "pods", "metrics"),
        pick(random, "m1", "m2", ""),
        pick(random, "ns1", "ns2", ""),
        pick(random, "p1", "p2", "*", ""));
  }

  static String pick(SplittableRandom random, String... of) {
    return of[random.nextInt(of.length)];
  }

  boolean allows(User user, OfResource request) {
    return rules.stream().anyMatch(rule -> allows(rule, user, request));
  }

  private static boolean allows(Rule rule, User user, OfResource request) {
    return rule.user().equals(user.name())
        && (rule.namespace().equals("*") || rule.namespace().equals(request.namespace()))
        && matches(rule.verbs(), request.verb())
        && matches(rule.groups(), request.group())
        && rule.resources().stream().anyMatch(resource -> matchesResource(resource, request))
        && (rule.names().isEmpty() || rule.names().contains(request.name()));
  }

  private static boolean matches(List<String> allowed, String asked) {
    return allowed.contains("*") || allowed.contains(asked);
  }

  private static boolean matchesResource(String rule, OfResource request) {
    return rule.equals("*")
        || rule.equals(request.qualifiedResource())
        || (!request.subresource().isEmpty() && rule.equals("*/" + request.subresource()));
  }

  @Override
  public CompletionStage<Decision> review(User user, AccessRequest request) {
    asked.add(request);
    return CompletableFuture.completedStage(
        request instanceof OfResource resource && allows(user, resource)
            ? Decision.ALLOWED
            : Decision.NO_OPINION);
  }
}
