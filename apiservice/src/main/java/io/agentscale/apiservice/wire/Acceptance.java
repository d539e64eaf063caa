// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What a client can read, by its {@code Accept} header.
 *
 * @param format of ordinary documents; absent if none suits
 * @param discoveryVersion of the aggregated discovery document, where the client prefers it
 * @param refusal why nothing suits, for a 406; empty if something does
 */
public record Acceptance(
    Optional<Format> format, Optional<String> discoveryVersion, String refusal) {
  private static final Set<String> DISCOVERY_VERSIONS = Set.of("v2", "v2beta1");
  private static final String OFFERED =
      Arrays.stream(Format.values()).map(Format::mediaType).collect(Collectors.joining(", "));

  /** Clients send few different headers; a hostile one cannot make us remember more than these. */
  private static final int REMEMBERED_MAX = 256;

  private static final Map<String, Acceptance> REMEMBERED = new ConcurrentHashMap<>();

  /** Reads a header; an absent one, given as empty, accepts anything. */
  public static Acceptance of(String accept) {
    Acceptance known = REMEMBERED.get(accept);
    if (known != null) {
      return known;
    }
    Acceptance read = read(accept.isBlank() ? List.of() : MediaRange.parse(accept));
    if (REMEMBERED.size() < REMEMBERED_MAX) {
      REMEMBERED.put(accept, read);
    }
    return read;
  }

  private static Acceptance read(List<MediaRange> ranges) {
    if (ranges.isEmpty()) {
      return new Acceptance(Optional.of(Format.JSON), Optional.empty(), "");
    }
    Optional<String> discovery = Optional.empty();
    boolean transformed = false;
    for (MediaRange range : ranges) {
      if (discovery.isEmpty()) {
        discovery = range.discoveryVersion().filter(DISCOVERY_VERSIONS::contains);
      }
      Optional<Format> format = format(range);
      if (format.isPresent() && !range.isTransformed()) {
        return new Acceptance(format, discovery, "");
      }
      transformed |= format.isPresent();
    }
    return new Acceptance(Optional.empty(), discovery, refusal(transformed));
  }

  private static Optional<Format> format(MediaRange range) {
    return Arrays.stream(Format.values())
        .filter(format -> range.includes(format.mediaType()))
        .findFirst();
  }

  private static String refusal(boolean transformed) {
    return transformed
        ? "only the following media types are accepted: " + OFFERED
        : "406: Not Acceptable\n\nAvailable representations: " + OFFERED;
  }
}
