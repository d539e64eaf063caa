// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.sample;

import java.util.concurrent.CompletionException;

/** What made a {@link java.util.concurrent.CompletionStage} fail, told apart from its wrapping. */
public final class StageFailure {
  private StageFailure() {}

  /** Returns the failure itself, or what it wraps if a stage passed it on. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
