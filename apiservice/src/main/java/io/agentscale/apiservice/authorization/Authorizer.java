// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

import io.agentscale.apiservice.authentication.User;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether a user may do what is asked. Called from network threads and must not block: a
 * check that asks another server completes its stage later.
 */
public interface Authorizer {
  CompletionStage<Decision> authorize(User user, AccessRequest request);
}
