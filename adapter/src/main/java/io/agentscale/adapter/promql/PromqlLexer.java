// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import io.agentscale.adapter.promql.PromqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits PromQL into words; comments and space are left out. */
final class PromqlLexer {
  private static final String QUOTES = "\"'`";
  private static final Pattern IGNORED = Pattern.compile("(?:[ \\t\\n\\r]++|#[^\\n]*+)++");
  private static final Pattern WORD =
      Pattern.compile(
          "(?<identifier>[a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "|(?<duration>(?:[0-9]+(?:ms|[smhdwy]))+(?![a-zA-Z0-9_.]))"
              + "|(?<number>(?:0[xX][0-9a-fA-F_]+|(?:[0-9][0-9_]*(?:\\.[0-9_]*)?|\\.[0-9][0-9_]*)"
              + "(?:[eE][-+]?[0-9]+)?)(?![a-zA-Z0-9_.]))"
              + "|(?<symbol>=~|!~|==|!=|<=|>=|[-+*/%^=<>(){}\\[\\],:@])");

  private PromqlLexer() {}

  static List<PromqlToken> tokens(String query) {
    List<PromqlToken> tokens = new ArrayList<>();
    Matcher ignored = IGNORED.matcher(query);
    Matcher word = WORD.matcher(query);
    int at = 0;
    int brackets = 0;
    while (true) {
      at = ignored.region(at, query.length()).lookingAt() ? ignored.end() : at;
      if (at == query.length()) {
        tokens.add(new PromqlToken(Kind.END, "", at));
        return tokens;
      }
      PromqlToken token =
          QUOTES.indexOf(query.charAt(at)) >= 0
              ? string(query, at)
              : word(query, at, word.region(at, query.length()), brackets > 0);
      brackets += token.is("[") ? 1 : token.is("]") ? -1 : 0;
      tokens.add(token);
      at = token.end();
    }
  }

  /** Scanned by hand: a query that names a thousand pods would overflow a regex's stack. */
  private static PromqlToken string(String query, int at) {
    char quote = query.charAt(at);
    int end = at + 1;
    while (end < query.length() && query.charAt(end) != quote) {
      boolean escape = quote != '`' && query.charAt(end) == '\\';
      if (quote != '`' && query.charAt(end) == '\n') {
        break;
      }
      end += escape ? 2 : 1;
    }
    if (end >= query.length() || query.charAt(end) != quote) {
      throw new PromqlException("a string has no end", at);
    }
    return new PromqlToken(Kind.STRING, query.substring(at, end + 1), at);
  }

  private static PromqlToken word(String query, int at, Matcher word, boolean inBrackets) {
    if (!word.lookingAt()) {
      throw new PromqlException("unexpected '" + query.charAt(at) + "'", at);
    }
    // Between brackets a colon parts the range from the step: no name can begin with one there.
    int end = inBrackets && query.charAt(at) == ':' ? at + 1 : word.end();
    String text = query.substring(at, end);
    if (word.group("symbol") != null || text.equals(":")) {
      return new PromqlToken(Kind.SYMBOL, text, at);
    } else if (word.group("identifier") != null) {
      return new PromqlToken(Kind.IDENTIFIER, text, at);
    }
    return new PromqlToken(word.group("duration") != null ? Kind.DURATION : Kind.NUMBER, text, at);
  }
}
