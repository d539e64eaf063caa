// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.AccessRequest.OfResource;
import io.agentscale.apiservice.authorization.Decision.Allowed;
import io.agentscale.apiservice.authorization.RbacModel.Rule;
import io.agentscale.apiservice.review.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import java.io.IOException;

/**
 * Fewer questions to the cluster must never become more permissions, and a cluster that does not
 * answer must not open the door.
 */
final class AccessReviewAuthorizerTest {
  private static final User HPA = User.named("hpa", List.of("system:authenticated"));
  private static final User BOB = User.named("bob", List.of());
  private static final Retry ONCE = new Retry(1, Duration.ZERO, 1, 0, Duration.ofSeconds(10));

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private AccessReviewAuthorizer authorizer(AccessReviews reviews) {
    return new AccessReviewAuthorizer(reviews, Set.of("hpa"), ONCE, () -> now);
  }

  private static boolean allowed(Authorizer authorizer, User user, AccessRequest request) {
    return authorizer.authorize(user, request).toCompletableFuture().join() instanceof Allowed;
  }

  private static OfResource pod(String name) {
    return new OfResource("get", "custom.metrics.k8s.io", "v1beta2", "pods", "m1", "ns1", name);
  }

  private static Rule rule(List<String> names) {
    return new Rule(
        "hpa", "ns1", List.of("get"), List.of("custom.metrics.k8s.io"), List.of("pods/m1"), names);
  }

  @Test
  void whatIsAllowed_isWhatTheExactReviewWouldAllow() {
    var random = new SplittableRandom(7);
    int allowed = 0;
    int asked = 0;
    for (int world = 0; world < 2000; world++) {
      RbacModel rbac = RbacModel.random(random);
      AccessReviewAuthorizer authorizer = authorizer(rbac);
      for (int i = 0; i < 20; i++) {
        User user = random.nextInt(4) == 0 ? BOB : HPA;
        OfResource request = RbacModel.randomRequest(random);
        boolean expected = rbac.allows(user, request);
        assertThat(allowed(authorizer, user, request))
            .as("%s by %s under %s", request, user, rbac.rules)
            .isEqualTo(expected);
        allowed += expected ? 1 : 0;
        asked++;
      }
    }
    // The property means nothing if hardly anything is ever allowed.
    assertThat(allowed).isBetween(asked / 20, asked * 19 / 20);
  }

  @Test
  void manyObjectsOfAKind_needOneReview() {
    var rbac = new RbacModel(List.of(rule(List.of())));
    AccessReviewAuthorizer authorizer = authorizer(rbac);
    for (int i = 0; i < 1000; i++) {
      assertThat(allowed(authorizer, HPA, pod("p" + i))).isTrue();
    }
    assertThat(allowed(authorizer, HPA, pod("*"))).isTrue();
    assertThat(rbac.asked).hasSize(1);
  }

  @Test
  void namesListedInARule_areReviewedOneByOne() {
    var rbac = new RbacModel(List.of(rule(List.of("p1"))));
    AccessReviewAuthorizer authorizer = authorizer(rbac);
    assertThat(allowed(authorizer, HPA, pod("p1"))).isTrue();
    assertThat(allowed(authorizer, HPA, pod("p2"))).isFalse();
    assertThat(rbac.asked).hasSize(3);
  }

  @Test
  void verdicts_areForgottenAfterTenSeconds() {
    var rbac = new RbacModel(new ArrayList<>(List.of(rule(List.of()))));
    AccessReviewAuthorizer authorizer = authorizer(rbac);
    assertThat(allowed(authorizer, HPA, pod("p1"))).isTrue();
    rbac.rules.clear();
    now = now.plusSeconds(9);
    assertThat(allowed(authorizer, HPA, pod("p1"))).isTrue();
    now = now.plusSeconds(1);
    assertThat(allowed(authorizer, HPA, pod("p1"))).isFalse();
  }

  @Test
  void aClusterThatFails_allowsNothing_andIsAskedAgain() {
    var rbac = new RbacModel(List.of(rule(List.of())));
    var failing = new boolean[] {true};
    AccessReviewAuthorizer authorizer =
        authorizer(
            (user, request) ->
                failing[0]
                    ? CompletableFuture.failedStage(new IOException("connection refused"))
                    : rbac.review(user, request));
    assertThat(allowed(authorizer, HPA, pod("p1"))).isFalse();
    failing[0] = false;
    assertThat(allowed(authorizer, HPA, pod("p1"))).isTrue();
  }

  @Test
  void questionsAtTheSameTime_areOneQuestion() {
    List<CompletableFuture<Decision>> open = new ArrayList<>();
    AccessReviewAuthorizer authorizer =
        authorizer(
            (_, _) -> {
              var answer = new CompletableFuture<Decision>();
              open.add(answer);
              return answer;
            });
    var first = authorizer.authorize(BOB, pod("p1")).toCompletableFuture();
    var second = authorizer.authorize(BOB, pod("p1")).toCompletableFuture();
    assertThat(open).hasSize(1);
    open.getFirst().complete(Decision.ALLOWED);
    assertThat(first.join()).isInstanceOf(Allowed.class);
    assertThat(second.join()).isInstanceOf(Allowed.class);
  }
}
