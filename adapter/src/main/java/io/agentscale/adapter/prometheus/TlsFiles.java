// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The PEM files of a TLS connection; they may be replaced while we run.
 *
 * @param caFile certificates to trust instead of the system's
 * @param certificateFile our certificate, followed by its intermediates
 * @param keyFile our private key, in PKCS#8
 */
public record TlsFiles(
    Optional<Path> caFile, Optional<Path> certificateFile, Optional<Path> keyFile) {

  /** The system's trust, and no certificate of our own. */
  public static final TlsFiles NONE =
      new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

  public TlsFiles {
    if (certificateFile.isPresent() != keyFile.isPresent()) {
      throw new IllegalArgumentException(
          "certificateFile and keyFile: must be given together, was: "
              + (certificateFile.isPresent() ? "certificateFile alone" : "keyFile alone"));
    }
  }

  List<Path> all() {
    return Stream.of(caFile, certificateFile, keyFile).flatMap(Optional::stream).toList();
  }
}
