// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Content that clients keep and ask for again by its tag.
 *
 * @param contentType of the body
 * @param body read-only
 * @param etag in quotes, a digest of the body
 */
public record TaggedContent(String contentType, ByteBuffer body, String etag) {

  public static TaggedContent of(String contentType, byte[] body) {
    return new TaggedContent(
        contentType, ByteBuffer.wrap(body).asReadOnlyBuffer(), '"' + digest(body) + '"');
  }

  /** Returns the digest that also names a content in URLs. */
  public static String digest(byte[] body) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-512").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }

  /** Returns JSON text as content. */
  public static TaggedContent json(String text) {
    return of("application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Tells whether a client that has what {@code If-None-Match} lists has this. */
  public boolean isAmong(String ifNoneMatch) {
    return ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(etag);
  }
}
