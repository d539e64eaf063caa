// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.AccessRequest.OfResource;
import io.agentscale.apiservice.authorization.Decision.Allowed;
import io.agentscale.apiservice.authorization.Decision.NoOpinion;
import io.agentscale.apiservice.review.Retry;
import io.agentscale.apiservice.review.ReviewMemory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Has the cluster review what users may do, and remembers the answers for ten seconds. An answer
 * that cannot be had allows nothing.
 *
 * <p>For some users, who read many objects of a kind, one broad review comes first: may they read
 * an object whose name nobody knows? RBAC matches names only where a rule lists them, and no rule
 * can list a random one, so that whoever may read it may read every name, and no name needs a
 * review of its own. A no means nothing: the name itself is then reviewed. This holds for
 * authorizers that only ever add permissions (RBAC, ABAC, Node); where a webhook forbids single
 * names, give no users here.
 */
public final class AccessReviewAuthorizer implements Authorizer {
  /** The account of the controller that reads all metrics of all workloads all the time. */
  public static final String HPA_CONTROLLER =
      "system:serviceaccount:kube-system:horizontal-pod-autoscaler";

  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int REMEMBERED_MAX = 8192;

  /** As the reference server: what a client can make that long is not worth memory. */
  private static final int LONGEST_REMEMBERED = 10_000;

  private record Question(User user, AccessRequest request) {}

  private final AccessReviews reviews;
  private final Set<String> broadUsers;
  private final Retry retry;
  private final ReviewMemory<Question, Decision> memory;
  private final String unknownName = "any-" + UUID.randomUUID();

  /**
   * @param broadUsers users whose reads are reviewed broadly first; usually {@link #HPA_CONTROLLER}
   */
  public AccessReviewAuthorizer(
      AccessReviews reviews, Set<String> broadUsers, Retry retry, InstantSource clock) {
    this.reviews = reviews;
    this.broadUsers = Set.copyOf(broadUsers);
    this.retry = retry;
    this.memory = new ReviewMemory<>(REMEMBERED_MAX, _ -> REMEMBERED, clock);
  }

  @Override
  public CompletionStage<Decision> authorize(User user, AccessRequest request) {
    if (request instanceof OfResource resource
        && !resource.name().isEmpty()
        && broadUsers.contains(user.name())) {
      return review(user, named(resource, unknownName))
          .thenCompose(
              broad ->
                  broad instanceof Allowed
                      ? CompletableFuture.completedStage(broad)
                      : review(user, request));
    }
    return review(user, request);
  }

  private CompletionStage<Decision> review(User user, AccessRequest request) {
    Supplier<CompletionStage<Decision>> ask = () -> retry.ask(() -> reviews.review(user, request));
    CompletionStage<Decision> decision =
        length(request) > LONGEST_REMEMBERED
            ? ask.get()
            : memory.get(new Question(user, request), ask);
    return decision.exceptionally(
        failure -> new NoOpinion("the access review failed: " + failure.getMessage()));
  }

  private static OfResource named(OfResource resource, String name) {
    return new OfResource(
        resource.verb(),
        resource.group(),
        resource.version(),
        resource.resource(),
        resource.subresource(),
        resource.namespace(),
        name);
  }

  private static int length(AccessRequest request) {
    return switch (request) {
      case AccessRequest.OfPath(String verb, String path) -> verb.length() + path.length();
      case OfResource resource ->
          resource.qualifiedResource().length()
              + resource.namespace().length()
              + resource.name().length();
    };
  }
}
