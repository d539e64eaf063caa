// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes the parts of a URL, strictly: what is not valid UTF-8 behind %XX is refused. */
final class PercentEncoding {
  private PercentEncoding() {}

  /** Decodes a path segment, in which {@code +} is itself. */
  static String segment(String raw) {
    return raw.indexOf('%') < 0 ? raw : decode(raw, false);
  }

  /** Decodes a query part, in which {@code +} is a space. */
  static String query(String raw) {
    return raw.indexOf('%') < 0 ? raw.replace('+', ' ') : decode(raw, true);
  }

  private static String decode(String raw, boolean plusIsSpace) {
    byte[] source = raw.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(source.length);
    for (int i = 0; i < source.length; i++) {
      byte b = source[i];
      if (b == '%') {
        decoded.put((byte) (hex(source, i + 1, raw) << 4 | hex(source, i + 2, raw)));
        i += 2;
      } else {
        decoded.put(b == '+' && plusIsSpace ? (byte) ' ' : b);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("must be UTF-8 behind its %XX, was: " + raw, e);
    }
  }

  private static int hex(byte[] source, int at, String raw) {
    int digit = at < source.length ? Character.digit(source[at], 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("must have two hex digits behind each %, was: " + raw);
    }
    return digit;
  }
}
