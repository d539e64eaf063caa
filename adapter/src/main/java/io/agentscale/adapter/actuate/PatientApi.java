// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * An API server that is left alone for a while after it did not answer. Otherwise thousands of
 * policies would each wait ten seconds for the same silence, one after the other.
 */
final class PatientApi implements ClusterApi {
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private final ControlPlane controlPlane;
  private final InstantSource clock;
  private volatile Instant askAgain = Instant.MIN;

  PatientApi(ControlPlane controlPlane, InstantSource clock) {
    this.controlPlane = controlPlane;
    this.clock = clock;
  }

  @Override
  public JsonNode get(String path) {
    return ask(() -> controlPlane.get(path));
  }

  @Override
  public JsonNode apply(String path, ObjectNode object) {
    return ask(() -> controlPlane.apply(path, object, true));
  }

  @Override
  public JsonNode merge(String path, ObjectNode patch) {
    return ask(() -> controlPlane.merge(path, patch));
  }

  private JsonNode ask(Supplier<CompletionStage<JsonNode>> question) {
    Instant now = clock.instant();
    // A clock set back must not make the pause longer than it is.
    if (now.isBefore(askAgain) && Duration.between(now, askAgain).compareTo(PAUSE) <= 0) {
      throw new ControlPlaneException(
          0, "the API server did not answer lately: not asked again before " + askAgain);
    }
    try {
      return question.get().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof ControlPlaneException cause)) {
        throw e;
      }
      if (cause.isUnanswered()) {
        askAgain = clock.instant().plus(PAUSE);
      }
      throw cause;
    }
  }
}
