// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How scraping one pod goes, for people to see.
 *
 * @param lastScrape when the last scrape ended; absent before the first
 * @param lastSuccess when the last one that worked ended
 * @param took how long the last scrape took
 * @param failure why the last scrape failed; absent when it worked, and before the first
 */
public record PodScrapeState(
    ScrapeTarget target,
    Optional<Instant> lastScrape,
    Optional<Instant> lastSuccess,
    Optional<Duration> took,
    Optional<String> failure) {

  /** Tells whether the last scrape worked. */
  public boolean ok() {
    return lastScrape.isPresent() && failure.isEmpty();
  }
}
