// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import java.time.Duration;

/**
 * What one server accepts before it says no.
 *
 * @param requestDeadline time for a request to be answered, then 504
 * @param concurrentRequests requests being answered at one time, then 429; probes are exempt
 * @param headerBytes request line and headers together, then 431
 * @param bodyBytes of a request, none of which is ever read, then 413
 * @param idleTimeout after which a silent connection is closed
 * @param streamsPerConnection of HTTP/2
 */
public record Limits(
    Duration requestDeadline,
    int concurrentRequests,
    int headerBytes,
    int bodyBytes,
    Duration idleTimeout,
    int streamsPerConnection) {
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(10), 1000, 64 * 1024, 64 * 1024, Duration.ofSeconds(90), 250);

  public Limits {
    requirePositive("requestDeadline", requestDeadline.toMillis(), requestDeadline);
    requirePositive("concurrentRequests", concurrentRequests, concurrentRequests);
    requirePositive("headerBytes", headerBytes, headerBytes);
    requirePositive("bodyBytes", bodyBytes, bodyBytes);
    requirePositive("idleTimeout", idleTimeout.toMillis(), idleTimeout);
    requirePositive("streamsPerConnection", streamsPerConnection, streamsPerConnection);
  }

  private static void requirePositive(String key, long amount, Object given) {
    if (amount <= 0) {
      throw new IllegalArgumentException(key + ": must be positive, was: " + given);
    }
  }

  public Limits withRequestDeadline(Duration deadline) {
    return new Limits(
        deadline, concurrentRequests, headerBytes, bodyBytes, idleTimeout, streamsPerConnection);
  }
}
