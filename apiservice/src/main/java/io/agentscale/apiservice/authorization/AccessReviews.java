// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

import io.agentscale.apiservice.authentication.User;
import java.util.concurrent.CompletionStage;

/** The cluster's opinion on access: {@code authorization.k8s.io/v1 SubjectAccessReview}. */
public interface AccessReviews {

  /** Asks once; the stage fails if the API server gave no verdict. */
  CompletionStage<Decision> review(User user, AccessRequest request);
}
