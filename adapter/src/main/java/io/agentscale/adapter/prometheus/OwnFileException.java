// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file the configuration names could not be used; the message never repeats its content. */
final class OwnFileException extends IOException {
  private static final long serialVersionUID = 1L;

  OwnFileException(String what, Path file, String why) {
    super(what + " " + file + ": " + why);
  }

  static OwnFileException unread(String what, Path file, IOException cause) {
    String why = cause instanceof NoSuchFileException ? "does not exist" : "cannot be read";
    OwnFileException failure = new OwnFileException(what, file, why);
    failure.initCause(cause);
    return failure;
  }
}
