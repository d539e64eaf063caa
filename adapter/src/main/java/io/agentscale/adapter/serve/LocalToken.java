// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A token made up at start for whoever started the service, so that it is never open and still
 * usable at once. It lives in a file of the owner's alone, and ends with the service.
 *
 * @param value the token
 * @param file holds the token
 */
public record LocalToken(String value, Path file) implements AutoCloseable {
  private static final int BYTES = 32;

  static LocalToken create() throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String value = HexFormat.of().formatHex(random);
    // Temporary files are readable by their owner only.
    Path file = Files.createTempFile("agentscale-", ".token");
    Files.writeString(file, value);
    return new LocalToken(value, file);
  }

  /** Deletes the file. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "LocalToken[" + file + "]";
  }
}
