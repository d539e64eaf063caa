// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import java.util.concurrent.CompletionStage;

/**
 * Tells who sent a request. Called from network threads and must not block: a check that asks
 * another server completes its stage later.
 */
public interface Authenticator {
  CompletionStage<Authentication> authenticate(Credentials credentials);
}
