// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a rule costs at most, in the units of an API server, which refuses a definition whose rules
 * may cost too much: 1 for each name, field and call, 10 for a list that is made, 1 for each item
 * looked through, one tenth for each character compared, and what is done for each item of a list
 * as often as its {@code maxItems}. Where cel-go's estimate counts less, as for {@code has}, this
 * one counts 1 all the same.
 *
 * <p>Source: {@code checker/cost.go} of cel-go, {@code validation.go} of apiextensions-apiserver.
 */
final class CelCost {
  /** The most that one rule may cost, for all values it is asked of. */
  static final long RULE_LIMIT = 10_000_000;

  /** The most that the rules of one definition may cost. */
  static final long DEFINITION_LIMIT = 100_000_000;

  /** The largest request, in bytes: as many items a list may have that has no other bound. */
  private static final long REQUEST = 3 * 1024 * 1024;

  private static final int LIST = 10;
  private static final double CHARACTER = 0.1;

  /** Calls that cost no more than their arguments, themselves and the characters compared. */
  private static final Set<String> SIMPLE =
      Set.of(
          "_||_",
          "_&&_",
          "!_",
          "_==_",
          "_!=_",
          "_<=_",
          "_<_",
          "_>=_",
          "_>_",
          "size",
          "@not_strictly_false");

  private final Map<String, JsonNode> schemas = new HashMap<>();

  private CelCost(JsonNode self) {
    schemas.put("self", self);
  }

  /**
   * Estimates a rule.
   *
   * @param self the schema it belongs to
   */
  static long of(CelRules.Rule rule, JsonNode self) {
    return (long) Math.ceil(new CelCost(self).of(rule.ast().getExpr())) * rule.cardinality();
  }

  /** Returns how many items a list or a map has at most. */
  static long most(JsonNode schema, String bound) {
    return schema.path(bound).asLong(REQUEST);
  }

  private double of(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> 0;
      case IDENT -> 1;
      case SELECT -> 1 + of(expression.select().operand());
      case LIST -> LIST + expression.list().elements().stream().mapToDouble(this::of).sum();
      case CALL -> call(expression.call());
      case COMPREHENSION -> comprehension(expression.comprehension());
      case NOT_SET, STRUCT, MAP -> throw new IllegalArgumentException("no cost of " + expression);
    };
  }

  private double call(CelCall call) {
    double arguments = call.args().stream().mapToDouble(this::of).sum();
    double target = call.target().map(this::of).orElse(0.0);
    if (call.function().equals("@in")) {
      return 1 + arguments + call.args().getLast().list().elements().size();
    }
    if (!SIMPLE.contains(call.function())) {
      throw new IllegalArgumentException("no cost of " + call.function() + ": say it here");
    }
    return 1 + target + arguments + CHARACTER * characters(call);
  }

  /** A comparison ends with the shorter text. */
  private static double characters(CelCall call) {
    return call.args().stream()
        .filter(argument -> argument.getKind() == CelExpr.ExprKind.Kind.CONSTANT)
        .map(CelExpr::constant)
        .filter(constant -> constant.getKind() == CelConstant.Kind.STRING_VALUE)
        .mapToInt(constant -> constant.stringValue().length())
        .min()
        .orElse(0);
  }

  private double comprehension(CelComprehension all) {
    JsonNode list = schema(all.iterRange());
    schemas.put(all.iterVar(), list.path("items"));
    double each = of(all.loopCondition()) + of(all.loopStep());
    return of(all.iterRange())
        + of(all.accuInit())
        + most(list, "maxItems") * each
        + of(all.result());
  }

  private JsonNode schema(CelExpr expression) {
    return switch (expression.getKind()) {
      case IDENT -> schemas.getOrDefault(expression.ident().name(), MissingNode.getInstance());
      case SELECT ->
          schema(expression.select().operand())
              .path("properties")
              .path(expression.select().field());
      default -> MissingNode.getInstance();
    };
  }
}
