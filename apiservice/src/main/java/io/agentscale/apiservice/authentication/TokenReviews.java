// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import java.util.concurrent.CompletionStage;

/** The cluster's opinion on bearer tokens: {@code authentication.k8s.io/v1 TokenReview}. */
public interface TokenReviews {

  /** What a review says. */
  sealed interface Verdict {
    record Known(User user) implements Verdict {}

    /**
     * The token is no good.
     *
     * @param cause as the API server gives it; empty if it gives none
     */
    record Unknown(String cause) implements Verdict {}
  }

  /** Asks once; the stage fails if the API server gave no verdict. */
  CompletionStage<Verdict> review(String token);
}
