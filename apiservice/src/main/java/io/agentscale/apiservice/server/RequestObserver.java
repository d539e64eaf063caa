// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import java.time.Duration;

/** Hears of every request answered, so that the embedding program can count and time them. */
public interface RequestObserver {
  RequestObserver NONE = (_, _, _) -> {};

  /**
   * Called once a request, when its answer is written.
   *
   * @param route one of a fixed few names, such as {@code objects_selected}; never a path
   * @param status HTTP status
   * @param took from the request's arrival to its answer
   */
  void answered(String route, int status, Duration took);
}
