// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.nio.file.Path;

/** Who we say we are; secrets stay in files, which are read again for every question. */
public sealed interface Credentials {

  /** No credentials. */
  record None() implements Credentials {}

  /**
   * HTTP basic authentication.
   *
   * @param passwordFile holds the password; a final line break is not part of it
   */
  record Basic(String user, Path passwordFile) implements Credentials {}

  /**
   * A bearer token.
   *
   * @param file holds the token; surrounding white space is not part of it
   */
  record BearerToken(Path file) implements Credentials {}
}
