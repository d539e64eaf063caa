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
 * @param responseBytes of answers that clients have not yet taken, all together, then 503
 * @param renderedBytes of answers kept ready for the next time they are asked for
 */
public record Limits(
    Duration requestDeadline,
    int concurrentRequests,
    int headerBytes,
    int bodyBytes,
    Duration idleTimeout,
    int streamsPerConnection,
    long responseBytes,
    long renderedBytes) {
  private static final int KIB = 1024;

  /** Fits a process of 128 MiB of heap. */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(10),
          1000,
          64 * KIB,
          64 * KIB,
          Duration.ofSeconds(90),
          250,
          64L * KIB * KIB,
          16L * KIB * KIB);

  public Limits {
    requirePositive("requestDeadline", requestDeadline.toMillis(), requestDeadline);
    requirePositive("concurrentRequests", concurrentRequests, concurrentRequests);
    requirePositive("headerBytes", headerBytes, headerBytes);
    requirePositive("bodyBytes", bodyBytes, bodyBytes);
    requirePositive("idleTimeout", idleTimeout.toMillis(), idleTimeout);
    requirePositive("streamsPerConnection", streamsPerConnection, streamsPerConnection);
    requirePositive("responseBytes", responseBytes, responseBytes);
    requirePositive("renderedBytes", renderedBytes, renderedBytes);
  }

  private static void requirePositive(String key, long amount, Object given) {
    if (amount <= 0) {
      throw new IllegalArgumentException(key + ": must be positive, was: " + given);
    }
  }

  public Limits withRequestDeadline(Duration deadline) {
    return new Limits(
        deadline,
        concurrentRequests,
        headerBytes,
        bodyBytes,
        idleTimeout,
        streamsPerConnection,
        responseBytes,
        renderedBytes);
  }

  public Limits withConcurrentRequests(int requests) {
    return new Limits(
        requestDeadline,
        requests,
        headerBytes,
        bodyBytes,
        idleTimeout,
        streamsPerConnection,
        responseBytes,
        renderedBytes);
  }
}
