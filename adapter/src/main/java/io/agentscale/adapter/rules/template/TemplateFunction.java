// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import io.agentscale.adapter.rules.template.GoValue.TextMap;
import io.agentscale.adapter.rules.template.GoValue.Texts;
import io.agentscale.adapter.rules.template.GoValue.Truth;
import io.agentscale.adapter.rules.template.GoValue.Whole;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The built-in functions of Go's templates that rules may call. */
enum TemplateFunction {
  INDEX {
    @Override
    GoType check(List<TemplateExpression> arguments) {
      List<GoType> types = types(arguments);
      if (types.equals(List.of(GoType.TEXT_MAP, GoType.TEXT))
          || types.equals(List.of(GoType.TEXTS, GoType.WHOLE))) {
        return GoType.TEXT;
      }
      throw refused("a map and a text, or a list and a whole number", arguments);
    }

    @Override
    GoValue apply(List<GoValue> arguments) {
      return switch (arguments.getFirst()) {
        case TextMap map ->
            map.entries().getOrDefault(((Text) arguments.get(1)).plain(), Text.EMPTY);
        case Texts list -> item(list, ((Whole) arguments.get(1)).number());
        default -> throw new IllegalStateException("refused by check");
      };
    }

    private static Text item(Texts list, long position) {
      if (position < 0 || position >= list.items().size()) {
        throw new TemplateException(
            "index out of range: " + position + " of a list of " + list.items().size());
      }
      return list.items().get((int) position);
    }
  },
  LEN {
    @Override
    GoType check(List<TemplateExpression> arguments) {
      if (arguments.size() == 1
          && Stream.of(GoType.TEXT, GoType.TEXTS, GoType.TEXT_MAP)
              .anyMatch(type -> type == arguments.getFirst().type())) {
        return GoType.WHOLE;
      }
      throw refused("one text, list or map", arguments);
    }

    @Override
    GoValue apply(List<GoValue> arguments) {
      return switch (arguments.getFirst()) {
        case Text text -> new Whole(GoStrings.utf8Length(text.plain()));
        case Texts list -> new Whole(list.items().size());
        case TextMap map -> new Whole(map.entries().size());
        default -> throw new IllegalStateException("refused by check");
      };
    }
  },
  PRINTF {
    @Override
    GoType check(List<TemplateExpression> arguments) {
      if (!arguments.isEmpty()
          && arguments.getFirst() instanceof TemplateExpression.Constant(Text format)) {
        GoFormat.parse(format.plain()).check(types(arguments.subList(1, arguments.size())));
        return GoType.TEXT;
      }
      throw refused("a format written in the template and its values", arguments);
    }

    @Override
    GoValue apply(List<GoValue> arguments) {
      GoFormat format = GoFormat.parse(((Text) arguments.getFirst()).plain());
      return format.apply(arguments.subList(1, arguments.size()));
    }
  },
  EQ {
    @Override
    GoType check(List<TemplateExpression> arguments) {
      return comparison(arguments, arguments.size() >= 2);
    }

    @Override
    GoValue apply(List<GoValue> arguments) {
      GoValue first = arguments.getFirst();
      return new Truth(arguments.stream().skip(1).anyMatch(other -> compare(first, other) == 0));
    }
  },
  NE {
    @Override
    GoType check(List<TemplateExpression> arguments) {
      return comparison(arguments, arguments.size() == 2);
    }

    @Override
    GoValue apply(List<GoValue> arguments) {
      return new Truth(compare(arguments.get(0), arguments.get(1)) != 0);
    }
  },
  LT {
    @Override
    GoType check(List<TemplateExpression> arguments) {
      return comparison(arguments, arguments.size() == 2);
    }

    @Override
    GoValue apply(List<GoValue> arguments) {
      return new Truth(compare(arguments.get(0), arguments.get(1)) < 0);
    }
  },
  GT {
    @Override
    GoType check(List<TemplateExpression> arguments) {
      return comparison(arguments, arguments.size() == 2);
    }

    @Override
    GoValue apply(List<GoValue> arguments) {
      return new Truth(compare(arguments.get(0), arguments.get(1)) > 0);
    }
  },
  AND {
    @Override
    GoType check(List<TemplateExpression> arguments) {
      return sameType(arguments);
    }

    @Override
    GoValue apply(List<GoValue> arguments) {
      return arguments.stream().filter(v -> !v.isTrue()).findFirst().orElse(arguments.getLast());
    }
  },
  OR {
    @Override
    GoType check(List<TemplateExpression> arguments) {
      return sameType(arguments);
    }

    @Override
    GoValue apply(List<GoValue> arguments) {
      return arguments.stream().filter(GoValue::isTrue).findFirst().orElse(arguments.getLast());
    }
  },
  NOT {
    @Override
    GoType check(List<TemplateExpression> arguments) {
      if (arguments.size() == 1) {
        return GoType.TRUTH;
      }
      throw refused("one value", arguments);
    }

    @Override
    GoValue apply(List<GoValue> arguments) {
      return new Truth(!arguments.getFirst().isTrue());
    }
  };

  /** Returns the type of the result, or refuses arguments that do not fit. */
  abstract GoType check(List<TemplateExpression> arguments);

  abstract GoValue apply(List<GoValue> arguments);

  static Optional<TemplateFunction> named(String name) {
    return Stream.of(values()).filter(function -> function.goName().equals(name)).findFirst();
  }

  String goName() {
    return name().toLowerCase(Locale.ROOT);
  }

  final TemplateException refused(String rule, List<TemplateExpression> arguments) {
    return new TemplateException(goName() + " takes " + rule + ", was given " + types(arguments));
  }

  final GoType comparison(List<TemplateExpression> arguments, boolean countFits) {
    GoType type = sameType(arguments);
    if (!countFits || type == GoType.TEXTS || type == GoType.TEXT_MAP) {
      throw refused("two texts, whole numbers or booleans", arguments);
    }
    return GoType.TRUTH;
  }

  final GoType sameType(List<TemplateExpression> arguments) {
    if (types(arguments).stream().distinct().count() != 1) {
      throw refused("values of one type", arguments);
    }
    return arguments.getFirst().type();
  }

  static List<GoType> types(List<TemplateExpression> arguments) {
    return arguments.stream().map(TemplateExpression::type).toList();
  }

  static int compare(GoValue left, GoValue right) {
    return left instanceof Whole(long a) && right instanceof Whole(long b)
        ? Long.compare(a, b)
        : left.printed().plain().compareTo(right.printed().plain());
  }
}
