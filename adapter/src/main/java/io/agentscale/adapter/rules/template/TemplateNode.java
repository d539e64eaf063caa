// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import io.agentscale.adapter.rules.template.GoValue.TextMap;
import io.agentscale.adapter.rules.template.GoValue.Texts;
import io.agentscale.adapter.rules.template.GoValue.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a template that prints something. */
sealed interface TemplateNode {
  Text print(Scope<GoValue> scope);

  /** Nodes one after another, with variables of their own. */
  record Block(List<TemplateNode> nodes) {
    Text print(Scope<GoValue> scope) {
      return Text.concat(nodes.stream().map(node -> node.print(scope)).toList());
    }
  }

  /** Text outside of actions. */
  record Verbatim(String text) implements TemplateNode {
    @Override
    public Text print(Scope<GoValue> scope) {
      return Text.literal(text);
    }
  }

  /** An expression. */
  record Print(TemplateExpression expression) implements TemplateNode {
    @Override
    public Text print(Scope<GoValue> scope) {
      return expression.value(scope).printed();
    }
  }

  /** {@code $name := expression}. */
  record Declare(String name, TemplateExpression expression) implements TemplateNode {
    @Override
    public Text print(Scope<GoValue> scope) {
      scope.declare(name, expression.value(scope));
      return Text.EMPTY;
    }
  }

  /** {@code if}. */
  record If(TemplateExpression condition, Block then, Block otherwise) implements TemplateNode {
    @Override
    public Text print(Scope<GoValue> scope) {
      Block taken = condition.value(scope).isTrue() ? then : otherwise;
      return taken.print(scope.inner(scope.dot()));
    }
  }

  /** {@code with}: as {@code if}, the dot being the condition's value. */
  record With(TemplateExpression subject, Block then, Block otherwise) implements TemplateNode {
    @Override
    public Text print(Scope<GoValue> scope) {
      GoValue value = subject.value(scope);
      return value.isTrue()
          ? then.print(scope.inner(value))
          : otherwise.print(scope.inner(scope.dot()));
    }
  }

  /** {@code range} over a list or a map. */
  record Range(
      Optional<String> keyName,
      Optional<String> valueName,
      TemplateExpression subject,
      Block body,
      Block otherwise)
      implements TemplateNode {
    @Override
    public Text print(Scope<GoValue> scope) {
      Map<GoValue, Text> entries = entries(subject.value(scope));
      if (entries.isEmpty()) {
        return otherwise.print(scope.inner(scope.dot()));
      }
      List<Text> printed = new ArrayList<>();
      entries.forEach(
          (key, value) -> {
            Scope<GoValue> inner = scope.inner(value);
            keyName.ifPresent(name -> inner.declare(name, key));
            valueName.ifPresent(name -> inner.declare(name, value));
            printed.add(body.print(inner));
          });
      return Text.concat(printed);
    }

    private static Map<GoValue, Text> entries(GoValue value) {
      Map<GoValue, Text> entries = new LinkedHashMap<>();
      switch (value) {
        case Texts list ->
            list.items().forEach(item -> entries.put(new Whole(entries.size()), item));
        case TextMap map -> map.entries().forEach((key, v) -> entries.put(Text.literal(key), v));
        default -> throw new IllegalStateException("refused when the template was parsed");
      }
      return entries;
    }
  }
}
