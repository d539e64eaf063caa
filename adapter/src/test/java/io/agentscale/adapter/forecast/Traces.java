// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The recorded series that lie beside a checkout. */
final class Traces {
  private static final Path FOLDER = Path.of("../../shared");

  private Traces() {}

  /** Returns the file, or skips the test where it is not there. */
  static Path file(String name) {
    return present(FOLDER.resolve("traces").resolve(name));
  }

  /** Returns what the simple methods scored, or skips the test. */
  static Path baselines() {
    return present(FOLDER.resolve("reference/forecasting-baselines.csv"));
  }

  private static Path present(Path file) {
    assumeTrue(Files.exists(file), () -> "skipped: no recorded series at " + file);
    return file;
  }
}
