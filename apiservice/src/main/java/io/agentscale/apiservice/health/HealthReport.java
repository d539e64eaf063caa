// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.health;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of some checks at one moment.
 *
 * @param healthy whether every check passed
 * @param text one line a check, and a last line with the verdict
 */
public record HealthReport(boolean healthy, String text) {

  /** Asks every check; one that throws has failed. */
  public static HealthReport of(String endpoint, List<HealthCheck> checks) {
    boolean healthy = true;
    var text = new StringBuilder();
    for (HealthCheck check : checks) {
      Optional<String> failure = failure(check);
      healthy &= failure.isEmpty();
      text.append(failure.isEmpty() ? "[+]" : "[-]").append(check.name());
      text.append(
          failure.map(cause -> " failed: " + cause).orElseGet(() -> " ok" + warning(check)));
      text.append('\n');
    }
    text.append(endpoint).append(healthy ? " check passed\n" : " check failed\n");
    return new HealthReport(healthy, text.toString());
  }

  private static String warning(HealthCheck check) {
    return check.warning().get().map(warning -> ", but " + warning).orElse("");
  }

  private static Optional<String> failure(HealthCheck check) {
    try {
      return check.failure().get();
    } catch (RuntimeException e) {
      return Optional.of("the check itself failed: " + e);
    }
  }
}
