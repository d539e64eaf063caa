// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import io.agentscale.adapter.rules.template.GoValue.Fields;
import io.agentscale.adapter.rules.template.GoValue.TextMap;
import java.util.List;

/** Something that has a value when a template is rendered, and a type from the start. */
sealed interface TemplateExpression {
  GoType type();

  GoValue value(Scope<GoValue> scope);

  /** A value written in the template. */
  record Constant(GoValue constant) implements TemplateExpression {
    @Override
    public GoType type() {
      return constant.type();
    }

    @Override
    public GoValue value(Scope<GoValue> scope) {
      return constant;
    }
  }

  /** The dot. */
  record Dot(GoType type) implements TemplateExpression {
    @Override
    public GoValue value(Scope<GoValue> scope) {
      return scope.dot();
    }
  }

  /** A variable, or {@code $} for the data. */
  record Variable(String name, GoType type) implements TemplateExpression {
    @Override
    public GoValue value(Scope<GoValue> scope) {
      return scope.lookUp(name).orElseThrow();
    }
  }

  /** A field of the data. */
  record Field(TemplateExpression data, String name, GoType type) implements TemplateExpression {
    @Override
    public GoValue value(Scope<GoValue> scope) {
      Fields fields = (Fields) data.value(scope);
      GoValue value = fields.values().get(name);
      if (value == null) {
        throw new TemplateException("no value given for ." + name);
      }
      return value;
    }
  }

  /** An entry of a map by a key written as a field; Go prints a missing one as "no value". */
  record MapEntry(TemplateExpression map, String key) implements TemplateExpression {
    private static final Text MISSING = Text.literal("<no value>");

    @Override
    public GoType type() {
      return GoType.TEXT;
    }

    @Override
    public GoValue value(Scope<GoValue> scope) {
      return ((TextMap) map.value(scope)).entries().getOrDefault(key, MISSING);
    }
  }

  /** A call of a built-in function. */
  record Call(TemplateFunction function, GoType type, List<TemplateExpression> arguments)
      implements TemplateExpression {
    @Override
    public GoValue value(Scope<GoValue> scope) {
      return function.apply(arguments.stream().map(argument -> argument.value(scope)).toList());
    }
  }
}
