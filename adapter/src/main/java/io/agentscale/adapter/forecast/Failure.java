// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.nio.file.NoSuchFileException;

/** Says what went wrong to the person who typed the command. */
final class Failure {
  private Failure() {}

  static String text(Exception failure) {
    return failure instanceof NoSuchFileException missing
        ? missing.getFile() + ": no such file"
        : String.valueOf(failure.getMessage());
  }
}
