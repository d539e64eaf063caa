// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Reads one pod's exposition once. */
@FunctionalInterface
public interface PodFetcher {

  /**
   * Starts reading; the stage ends by the fetcher's own deadline, failed with a message for people
   * when the pod gave no whole and valid exposition.
   *
   * @param wanted tells by name which series are kept
   */
  CompletionStage<List<ExposedSeries>> fetch(ScrapeTarget target, Predicate<String> wanted);
}
