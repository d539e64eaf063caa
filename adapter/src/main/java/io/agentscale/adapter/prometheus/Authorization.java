// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The value of the {@code Authorization} header, from files read each time: they rotate. */
final class Authorization {
  private Authorization() {}

  static Optional<String> of(Credentials credentials) throws OwnFileException {
    return switch (credentials) {
      case Credentials.None none -> Optional.empty();
      case Credentials.Basic(String user, Path file) ->
          Optional.of(
              okhttp3.Credentials.basic(
                  user,
                  secret("password file", file).replaceFirst("\\r?\\n\\z", ""),
                  StandardCharsets.UTF_8));
      case Credentials.BearerToken(Path file) -> Optional.of("Bearer " + token(file));
    };
  }

  private static String token(Path file) throws OwnFileException {
    String token = secret("token file", file).strip();
    if (token.isEmpty()) {
      throw new OwnFileException("token file", file, "is empty");
    }
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new OwnFileException("token file", file, "must hold one token of printable ASCII");
    }
    return token;
  }

  private static String secret(String what, Path file) throws OwnFileException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw OwnFileException.unread(what, file, e);
    }
  }
}
