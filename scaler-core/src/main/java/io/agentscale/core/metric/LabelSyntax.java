// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Kubernetes allows as a label's key and value ({@code
 * k8s.io/apimachinery/pkg/util/validation}).
 */
final class LabelSyntax {
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final String NAME_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. '%s',  or '%s',  or '%s', regex used for validation is"
          + " '%s')";
  private static final int NAME_MAX = 63;
  private static final int PREFIX_MAX = 253;

  private LabelSyntax() {}

  static void requireKey(String key) {
    String[] parts = key.split("/", -1);
    List<String> faults = new ArrayList<>();
    if (parts.length > 2) {
      faults.add(
          "a qualified name "
              + NAME_RULE.formatted("MyName", "my.name", "123-abc", NAME.pattern())
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    } else {
      if (parts.length == 2) {
        prefixFault(parts[0]).ifPresent(fault -> faults.add("prefix part " + fault));
      }
      nameFaults(parts[parts.length - 1]).forEach(fault -> faults.add("name part " + fault));
    }
    if (!faults.isEmpty()) {
      throw invalid("<nil>", key, String.join("; ", faults));
    }
  }

  private static Optional<String> prefixFault(String prefix) {
    if (prefix.isEmpty()) {
      return Optional.of("must be non-empty");
    }
    if (prefix.length() > PREFIX_MAX) {
      return Optional.of("must be no more than " + PREFIX_MAX + " characters");
    }
    return SUBDOMAIN.matcher(prefix).matches()
        ? Optional.empty()
        : Optional.of(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                + " 'example.com', regex used for validation is '"
                + SUBDOMAIN.pattern()
                + "')");
  }

  private static List<String> nameFaults(String name) {
    if (name.isEmpty()) {
      return List.of(
          "must be non-empty", NAME_RULE.formatted("MyName", "my.name", "123-abc", NAME.pattern()));
    }
    List<String> faults = new ArrayList<>();
    if (name.length() > NAME_MAX) {
      faults.add("must be no more than " + NAME_MAX + " characters");
    }
    if (!NAME.matcher(name).matches()) {
      faults.add(NAME_RULE.formatted("MyName", "my.name", "123-abc", NAME.pattern()));
    }
    return faults;
  }

  static void requireValue(String key, String value) {
    List<String> faults = new ArrayList<>();
    if (value.length() > NAME_MAX) {
      faults.add("must be no more than " + NAME_MAX + " characters");
    }
    if (!value.isEmpty() && !NAME.matcher(value).matches()) {
      faults.add(
          "a valid label must be an empty string or "
              + NAME_RULE
                  .formatted("MyValue", "my_value", "12345", "(" + NAME.pattern() + ")?")
                  .substring("must ".length()));
    }
    if (!faults.isEmpty()) {
      throw invalid("values[0][" + key + "]", value, String.join("; ", faults));
    }
  }

  private static IllegalArgumentException invalid(String path, String value, String faults) {
    return new IllegalArgumentException(
        "unable to parse requirement: " + path + ": Invalid value: \"" + value + "\": " + faults);
  }

  static void requireInteger(String value) {
    try {
      Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "unable to parse requirement: values[0]: Invalid value: \""
              + value
              + "\": for 'Gt', 'Lt' operators, the value must be an integer",
          e);
    }
  }
}
