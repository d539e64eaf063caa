// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text form of bearer tokens. */
final class TokenLines {
  private TokenLines() {}

  static Map<String, User> single(byte[] content, User user) {
    String token = new String(content, StandardCharsets.UTF_8).strip();
    if (token.isEmpty() || token.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("must hold one token and nothing else");
    }
    return Map.of(token, user);
  }

  static Map<String, User> parse(byte[] content) {
    Map<String, User> users = new LinkedHashMap<>();
    int number = 0;
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        add(line, number, users);
      }
    }
    return users;
  }

  private static void add(String line, int number, Map<String, User> users) {
    List<String> columns = columns(line);
    if (columns.size() < 3 || columns.get(0).isEmpty() || columns.get(1).isEmpty()) {
      throw new IllegalArgumentException(
          "line " + number + ": must be token,user,uid and optionally \"group1,group2\"");
    }
    List<String> groups =
        columns.size() > 3 && !columns.get(3).isEmpty()
            ? List.of(columns.get(3).split(",", -1))
            : List.of();
    Optional<String> uid = Optional.of(columns.get(2)).filter(text -> !text.isEmpty());
    User user = new User(columns.get(1), uid, groups, Map.of());
    if (users.put(columns.get(0), user) != null) {
      throw new IllegalArgumentException("line " + number + ": repeats a token");
    }
  }

  /** Splits at commas outside double quotes. */
  private static List<String> columns(String line) {
    List<String> columns = new ArrayList<>();
    var column = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        columns.add(column.toString().strip());
        column.setLength(0);
      } else {
        column.append(c);
      }
    }
    columns.add(column.toString().strip());
    return columns;
  }
}
