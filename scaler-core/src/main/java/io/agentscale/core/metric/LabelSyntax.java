// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.metric;

import java.util.regex.Pattern;

/**
 * What Kubernetes allows as a label's key and value ({@code
 * k8s.io/apimachinery/pkg/util/validation}).
 */
final class LabelSyntax {
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final int NAME_MAX = 63;
  private static final int PREFIX_MAX = 253;

  private LabelSyntax() {}

  static void requireKey(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    boolean prefixed = slash >= 0;
    boolean prefixValid =
        !prefixed || (slash <= PREFIX_MAX && SUBDOMAIN.matcher(key.substring(0, slash)).matches());
    if (!prefixValid || name.length() > NAME_MAX || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "unable to parse requirement: <nil>: Invalid value: \""
              + key
              + "\": name part must consist of alphanumeric characters, '-', '_' or '.', and must"
              + " start and end with an alphanumeric character, after an optional DNS subdomain"
              + " prefix and '/'");
    }
  }

  static void requireValue(String key, String value) {
    if (!value.isEmpty() && (value.length() > NAME_MAX || !NAME.matcher(value).matches())) {
      throw new IllegalArgumentException(
          "unable to parse requirement: values[0]["
              + key
              + "]: Invalid value: \""
              + value
              + "\": a valid label must be an empty string or consist of alphanumeric characters,"
              + " '-', '_' or '.', and must start and end with an alphanumeric character");
    }
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
