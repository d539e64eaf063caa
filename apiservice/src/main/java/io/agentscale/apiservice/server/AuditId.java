// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The name of one request in everybody's logs. */
final class AuditId {
  private static final int MAX_LENGTH = 64;

  private AuditId() {}

  /** Keeps the caller's id, as the aggregator sends one; makes one where it is missing or odd. */
  static String of(@Nullable String given) {
    if (given != null && isWellFormed(given)) {
      return given;
    }
    var random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static boolean isWellFormed(String id) {
    return !id.isEmpty()
        && id.length() <= MAX_LENGTH
        && id.chars().allMatch(c -> (c < 128 && Character.isLetterOrDigit(c)) || c == '-');
  }
}
