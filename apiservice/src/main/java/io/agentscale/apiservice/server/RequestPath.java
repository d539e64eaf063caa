// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import java.util.ArrayList;
import java.util.List;

/**
 * The path of a request, split first and decoded after, so that an encoded slash never makes two
 * segments of one. Authorization and routing both read this, and so can never disagree.
 *
 * @param segments decoded; none is empty or holds a slash
 */
record RequestPath(List<String> segments) {

  /**
   * Reads a path; one slash at its end is ignored.
   *
   * @throws IllegalArgumentException for empty or dot segments, encoded slashes, control characters
   *     and broken encoding
   */
  static RequestPath parse(String raw) {
    if (!raw.startsWith("/")) {
      throw new IllegalArgumentException("invalid request path: must begin with a slash");
    }
    String trimmed =
        raw.substring(1, raw.length() - (raw.length() > 1 && raw.endsWith("/") ? 1 : 0));
    List<String> segments = new ArrayList<>();
    if (!trimmed.isEmpty()) {
      for (String part : trimmed.split("/", -1)) {
        segments.add(segment(part));
      }
    }
    return new RequestPath(List.copyOf(segments));
  }

  private static String segment(String raw) {
    String segment;
    try {
      segment = PercentEncoding.segment(raw);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("invalid request path: " + e.getMessage(), e);
    }
    boolean special = segment.isEmpty() || segment.equals(".") || segment.equals("..");
    if (special || segment.indexOf('/') >= 0 || segment.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "invalid request path: no segment may be empty, '.' or '..', or hold an encoded slash or"
              + " control character");
    }
    return segment;
  }

  String at(int index) {
    return segments.get(index);
  }

  int length() {
    return segments.size();
  }

  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }
}
