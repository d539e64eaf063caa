// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One alternative of an {@code Accept} header.
 *
 * @param type such as {@code application/json}, {@code application/*} or {@code *}{@code /*}
 * @param parameters by lower-case name, without the quality
 * @param quality the client's preference, 0 to 1
 */
record MediaRange(String type, Map<String, String> parameters, double quality) {
  private static final int MAX = 64;

  /** Reads a header into its alternatives, the preferred first; nonsense among them is skipped. */
  static List<MediaRange> parse(String accept) {
    List<MediaRange> ranges = new ArrayList<>();
    for (String part : accept.split(",", MAX)) {
      if (!part.isBlank()) {
        ranges.add(range(part));
      }
    }
    ranges.sort(Comparator.comparingDouble((MediaRange range) -> -range.quality()));
    return ranges;
  }

  private static MediaRange range(String text) {
    String[] parts = text.split(";", -1);
    Map<String, String> parameters = new HashMap<>();
    double quality = 1;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        String name = parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT);
        String value = parts[i].substring(equals + 1).strip();
        if (name.equals("q")) {
          quality = quality(value);
        } else {
          parameters.put(name, value);
        }
      }
    }
    return new MediaRange(parts[0].strip().toLowerCase(Locale.ROOT), parameters, quality);
  }

  private static double quality(String text) {
    try {
      double quality = Double.parseDouble(text);
      return quality >= 0 && quality <= 1 ? quality : 0;
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  boolean includes(String mediaType) {
    return quality > 0
        && (type.equals("*/*")
            || type.equals(mediaType)
            || (type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1))));
  }

  /** Tells whether another kind of document than the served one is wanted, such as a Table. */
  boolean isTransformed() {
    return parameters.containsKey("as");
  }

  /** Returns the version of the aggregated discovery document, if that is what is wanted. */
  Optional<String> discoveryVersion() {
    boolean wanted =
        includes(Format.JSON.mediaType())
            && "APIGroupDiscoveryList".equals(parameters.get("as"))
            && "apidiscovery.k8s.io".equals(parameters.get("g"));
    return wanted ? Optional.ofNullable(parameters.get("v")) : Optional.empty();
  }
}
