// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Derives a metric's name from its series' name. */
final class MetricNamer {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(\\$|[\\pL\\pN_]+|\\{[\\pL\\pN_]+\\})");

  private final Pattern matches;
  private final List<Part> parts;

  /** A piece of the name: text, or what a group captured. */
  private sealed interface Part {}

  private record Verbatim(String text) implements Part {}

  private record Group(int number) implements Part {}

  private MetricNamer(Pattern matches, List<Part> parts) {
    this.matches = matches;
    this.parts = parts;
  }

  /**
   * Makes a namer.
   *
   * @param matches an expression that the name must match in any part
   * @param as the name, in the syntax of Go's {@code Regexp.Expand}; empty for the only group, or
   *     the whole match where there is none
   * @throws IllegalArgumentException if the name is ambiguous, or refers to a missing group
   */
  static MetricNamer of(Pattern matches, String as) {
    if (!as.isEmpty()) {
      return new MetricNamer(matches, parts(matches, as));
    }
    if (matches.groupCount() > 1) {
      throw new IllegalArgumentException(
          "as: is required, because matches has "
              + matches.groupCount()
              + " groups: "
              + matches.pattern());
    }
    return new MetricNamer(matches, List.of(new Group(matches.groupCount())));
  }

  private static List<Part> parts(Pattern matches, String as) {
    List<Part> parts = new ArrayList<>();
    Matcher reference = REFERENCE.matcher(as);
    int copied = 0;
    while (reference.find()) {
      parts.add(new Verbatim(as.substring(copied, reference.start())));
      parts.add(part(matches, reference.group(1)));
      copied = reference.end();
    }
    parts.add(new Verbatim(as.substring(copied)));
    return List.copyOf(parts);
  }

  private static Part part(Pattern matches, String reference) {
    if (reference.equals("$")) {
      return new Verbatim("$");
    }
    String name =
        reference.startsWith("{") ? reference.substring(1, reference.length() - 1) : reference;
    Integer named = matches.namedGroups().get(name);
    if (named != null) {
      return new Group(named);
    }
    if (name.matches("[0-9]{1,4}") && Integer.parseInt(name) <= matches.groupCount()) {
      return new Group(Integer.parseInt(name));
    }
    throw new IllegalArgumentException("as: matches has no group " + name + hint(name));
  }

  private static String hint(String name) {
    int end = 0;
    while (end < name.length() && Character.isDigit(name.charAt(end))) {
      end++;
    }
    return end > 0 && end < name.length()
        ? ", did you mean ${" + name.substring(0, end) + "}" + name.substring(end) + "?"
        : "";
  }

  /** Returns the metric's name, or nothing if the series is not of the rule. */
  Optional<String> nameOf(String seriesName) {
    Matcher matcher = matches.matcher(seriesName);
    if (!matcher.find()) {
      return Optional.empty();
    }
    StringBuilder name = new StringBuilder();
    for (Part part : parts) {
      name.append(
          switch (part) {
            case Verbatim verbatim -> verbatim.text();
            case Group group -> Optional.ofNullable(matcher.group(group.number())).orElse("");
          });
    }
    return Optional.of(name.toString());
  }
}
