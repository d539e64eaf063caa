// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.io.UncheckedIOException;

/** The certificate a server shows, which may be another one the next time it is asked for. */
public interface ServingCertificate {

  /** Returns the material to use now: the same object until it changes. */
  KeyMaterial current();

  /**
   * A certificate kept in files, reloaded when they change.
   *
   * @throws IllegalArgumentException if the files are broken or do not belong together
   * @throws UncheckedIOException if they cannot be read
   */
  static ServingCertificate ofFiles(Path certificates, Path key) {
    WatchedFile<KeyMaterial> files =
        WatchedFile.open(
            List.of(certificates, key),
            contents -> KeyMaterial.ofPem(contents.getFirst(), contents.getLast()),
            Duration.ofSeconds(1));
    return files::current;
  }

  /**
   * A certificate of our own authority, renewed long before it ends.
   *
   * @param names DNS names and IP addresses that clients reach the server by
   */
  static ServingCertificate issuedBy(
      CertificateAuthority authority, List<String> names, InstantSource clock) {
    return new IssuedCertificate(authority, names, clock);
  }
}
