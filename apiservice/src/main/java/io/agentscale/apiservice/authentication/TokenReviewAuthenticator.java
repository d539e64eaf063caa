// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import io.agentscale.apiservice.authentication.Authentication.Authenticated;
import io.agentscale.apiservice.authentication.Authentication.Rejected;
import io.agentscale.apiservice.authentication.TokenReviews.Verdict;
import io.agentscale.apiservice.review.Retry;
import io.agentscale.apiservice.review.ReviewMemory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has the cluster review bearer tokens, and remembers good and bad ones for ten seconds. Tokens
 * themselves are not kept, only their digests.
 */
public final class TokenReviewAuthenticator implements Authenticator {
  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int REMEMBERED_MAX = 4096;

  private final TokenReviews reviews;
  private final Retry retry;
  private final ReviewMemory<String, Verdict> memory;

  public TokenReviewAuthenticator(TokenReviews reviews, Retry retry, InstantSource clock) {
    this.reviews = reviews;
    this.retry = retry;
    this.memory = new ReviewMemory<>(REMEMBERED_MAX, _ -> REMEMBERED, clock);
  }

  @Override
  public CompletionStage<Authentication> authenticate(Credentials credentials) {
    Optional<String> presented = credentials.bearerToken();
    if (presented.isEmpty()) {
      return CompletableFuture.completedStage(Authentication.NOT_PRESENTED);
    }
    String token = presented.get();
    return memory
        .get(digest(token), () -> retry.ask(() -> reviews.review(token)))
        .thenApply(TokenReviewAuthenticator::found)
        .exceptionally(failure -> new Rejected("bearer token: review failed: " + failure));
  }

  private static Authentication found(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Known(User user) -> new Authenticated(user);
      case Verdict.Unknown(String cause) -> new Rejected("bearer token: " + cause);
    };
  }

  private static String digest(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
