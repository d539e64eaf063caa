// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import io.agentscale.adapter.rules.template.GoValue.Truth;
import io.agentscale.adapter.rules.template.GoValue.Whole;
import io.agentscale.adapter.rules.template.TemplateExpression.Call;
import io.agentscale.adapter.rules.template.TemplateExpression.Constant;
import io.agentscale.adapter.rules.template.TemplateExpression.Dot;
import io.agentscale.adapter.rules.template.TemplateExpression.Field;
import io.agentscale.adapter.rules.template.TemplateExpression.MapEntry;
import io.agentscale.adapter.rules.template.TemplateExpression.Variable;
import io.agentscale.adapter.rules.template.TemplateNode.Block;
import io.agentscale.adapter.rules.template.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a template and checks its types, so that rendering it later has little left to fail at. */
final class TemplateParser {
  private static final Set<String> BLOCK_STARTS = Set.of("if", "with", "range");
  private static final Set<String> BLOCK_ENDS = Set.of("end", "else");

  private final List<TemplateToken> tokens;
  private final Map<String, GoType> fields;
  private int next;

  TemplateParser(String source, Map<String, GoType> fields) {
    this.tokens = TemplateLexer.tokens(source);
    this.fields = fields;
  }

  Block parse() {
    Block block = block(Scope.of(GoType.FIELDS));
    if (peek().kind() != Kind.END) {
      throw new TemplateException("unexpected " + peek().text());
    }
    return block;
  }

  /** Reads up to the end of the template, or to an end or else, which is left to the caller. */
  private Block block(Scope<GoType> scope) {
    List<TemplateNode> nodes = new ArrayList<>();
    while (peek().kind() != Kind.END
        && !(peek().kind() == Kind.WORD && BLOCK_ENDS.contains(peek().text()))) {
      nodes.add(node(scope));
    }
    return new Block(nodes);
  }

  private TemplateNode node(Scope<GoType> scope) {
    TemplateToken token = peek();
    if (token.kind() == Kind.TEXT) {
      return new TemplateNode.Verbatim(take().text());
    }
    if (token.kind() == Kind.WORD && BLOCK_STARTS.contains(token.text())) {
      return switch (take().text()) {
        case "if" -> ifNode(scope);
        case "with" -> withNode(scope);
        default -> rangeNode(scope);
      };
    }
    if (token.kind() == Kind.VARIABLE && tokens.get(next + 1).is(Kind.SYMBOL, ":=")) {
      return declaration(scope);
    }
    TemplateNode print = new TemplateNode.Print(printable(pipeline(scope)));
    close();
    return print;
  }

  private TemplateNode declaration(Scope<GoType> scope) {
    String name = take().text();
    take();
    TemplateExpression value = pipeline(scope);
    close();
    scope.declare(name, value.type());
    return new TemplateNode.Declare(name, value);
  }

  private TemplateNode ifNode(Scope<GoType> scope) {
    TemplateExpression condition = pipeline(scope);
    close();
    Block then = block(scope.inner(scope.dot()));
    if (peek().is(Kind.WORD, "else") && tokens.get(next + 1).is(Kind.WORD, "if")) {
      take();
      take();
      return new TemplateNode.If(
          condition, then, new Block(List.of(ifNode(scope.inner(scope.dot())))));
    }
    return new TemplateNode.If(condition, then, otherwise(scope));
  }

  private TemplateNode withNode(Scope<GoType> scope) {
    TemplateExpression subject = pipeline(scope);
    close();
    Block then = block(scope.inner(subject.type()));
    return new TemplateNode.With(subject, then, otherwise(scope));
  }

  private TemplateNode rangeNode(Scope<GoType> scope) {
    List<String> names = rangeVariables();
    TemplateExpression subject = pipeline(scope);
    close();
    if (subject.type() != GoType.TEXTS && subject.type() != GoType.TEXT_MAP) {
      throw new TemplateException("range takes a list or a map, was given " + subject.type());
    }
    Scope<GoType> inner = scope.inner(GoType.TEXT);
    Optional<String> key = names.size() == 2 ? Optional.of(names.getFirst()) : Optional.empty();
    Optional<String> value = names.isEmpty() ? Optional.empty() : Optional.of(names.getLast());
    key.ifPresent(
        name -> inner.declare(name, subject.type() == GoType.TEXTS ? GoType.WHOLE : GoType.TEXT));
    value.ifPresent(name -> inner.declare(name, GoType.TEXT));
    Block body = block(inner);
    return new TemplateNode.Range(key, value, subject, body, otherwise(scope));
  }

  private List<String> rangeVariables() {
    List<String> names = new ArrayList<>();
    boolean declares =
        peek().kind() == Kind.VARIABLE
            && (tokens.get(next + 1).is(Kind.SYMBOL, ",")
                || tokens.get(next + 1).is(Kind.SYMBOL, ":="));
    if (declares) {
      names.add(take().text());
      if (peek().is(Kind.SYMBOL, ",")) {
        take();
        names.add(expect(Kind.VARIABLE));
      }
      if (!take().is(Kind.SYMBOL, ":=")) {
        throw new TemplateException("range needs := behind its variables");
      }
    }
    return names;
  }

  private Block otherwise(Scope<GoType> scope) {
    Block otherwise = new Block(List.of());
    if (peek().is(Kind.WORD, "else")) {
      take();
      close();
      otherwise = block(scope.inner(scope.dot()));
    }
    if (!take().is(Kind.WORD, "end")) {
      throw new TemplateException("an if, with or range has no end");
    }
    close();
    return otherwise;
  }

  private TemplateExpression pipeline(Scope<GoType> scope) {
    TemplateExpression value = command(scope, Optional.empty());
    while (peek().is(Kind.SYMBOL, "|")) {
      take();
      value = command(scope, Optional.of(value));
    }
    return value;
  }

  private TemplateExpression command(Scope<GoType> scope, Optional<TemplateExpression> piped) {
    Optional<TemplateFunction> function =
        peek().kind() == Kind.WORD ? TemplateFunction.named(peek().text()) : Optional.empty();
    if (function.isEmpty()) {
      if (piped.isPresent()) {
        throw new TemplateException("only a function can follow |, was: " + peek().text());
      }
      return operand(scope);
    }
    take();
    List<TemplateExpression> arguments = new ArrayList<>();
    while (startsOperand()) {
      arguments.add(operand(scope));
    }
    piped.ifPresent(arguments::add);
    return new Call(function.get(), function.get().check(arguments), List.copyOf(arguments));
  }

  private boolean startsOperand() {
    return switch (peek().kind()) {
      case FIELD, VARIABLE, STRING, NUMBER, WORD -> true;
      case SYMBOL -> peek().text().equals("(");
      case TEXT, CLOSE, END -> false;
    };
  }

  private TemplateExpression operand(Scope<GoType> scope) {
    TemplateToken token = take();
    return switch (token.kind()) {
      case STRING -> new Constant(Text.literal(token.text()));
      case NUMBER -> new Constant(new Whole(number(token.text())));
      case FIELD ->
          token.text().isEmpty()
              ? new Dot(scope.dot())
              : chain(field(new Dot(scope.dot()), token.text()));
      case VARIABLE -> chain(new Variable(token.text(), variableType(scope, token.text())));
      case WORD -> word(token.text());
      case SYMBOL, TEXT, CLOSE, END -> parenthesised(scope, token);
    };
  }

  private TemplateExpression parenthesised(Scope<GoType> scope, TemplateToken token) {
    if (!token.is(Kind.SYMBOL, "(")) {
      throw new TemplateException("a value is missing before " + token.text());
    }
    TemplateExpression value = pipeline(scope);
    if (!take().is(Kind.SYMBOL, ")")) {
      throw new TemplateException("a ) is missing");
    }
    return chain(value);
  }

  private TemplateExpression chain(TemplateExpression start) {
    TemplateExpression value = start;
    while (peek().kind() == Kind.FIELD && !peek().text().isEmpty() && peek().attached()) {
      value = field(value, take().text());
    }
    return value;
  }

  private TemplateExpression field(TemplateExpression of, String name) {
    if (of.type() == GoType.TEXT_MAP) {
      return new MapEntry(of, name);
    }
    GoType type = of.type() == GoType.FIELDS ? fields.get(name) : null;
    if (type == null) {
      throw new TemplateException("." + name + " does not exist in " + of.type());
    }
    return new Field(of, name, type);
  }

  private static GoType variableType(Scope<GoType> scope, String name) {
    return scope
        .lookUp(name)
        .orElseThrow(() -> new TemplateException("undefined variable " + name));
  }

  private static TemplateExpression word(String word) {
    return switch (word) {
      case "true", "false" -> new Constant(new Truth(word.equals("true")));
      default -> throw new TemplateException("unsupported function or keyword " + word);
    };
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new TemplateException("number out of range: " + text);
    }
  }

  private static TemplateExpression printable(TemplateExpression expression) {
    if (expression.type() == GoType.FIELDS) {
      throw new TemplateException("the whole data cannot be printed, name a field");
    }
    return expression;
  }

  private void close() {
    TemplateToken token = take();
    if (token.kind() != Kind.CLOSE) {
      throw new TemplateException("unexpected " + token.text() + " in an action");
    }
  }

  private String expect(Kind kind) {
    TemplateToken token = take();
    if (token.kind() != kind) {
      throw new TemplateException("expected a " + kind + ", was: " + token.text());
    }
    return token.text();
  }

  private TemplateToken peek() {
    return tokens.get(next);
  }

  private TemplateToken take() {
    TemplateToken token = tokens.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }
}
