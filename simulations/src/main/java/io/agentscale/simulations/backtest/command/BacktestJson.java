// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.simulations.backtest.Backtest;
import io.agentscale.simulations.backtest.BacktestScores;
import io.agentscale.simulations.backtest.Judged;
import io.agentscale.simulations.scenario.Prices;

/** A backtest as JSON; the fields of {@code policies[]} are those of {@link BacktestScores}. */
final class BacktestJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private BacktestJson() {}

  /** Returns it as indented JSON with a line end. */
  static String of(Backtest backtest) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("policy", backtest.policy());
    root.put("target", backtest.target());
    root.put("from", backtest.from().toString());
    root.put("to", backtest.to().toString());
    root.put("stepSeconds", backtest.step().toMillis() / 1000.0);
    root.put("perReplica", backtest.perReplica().doubleValue());
    root.put("currency", backtest.prices().map(Prices::currency).orElse(null));
    root.put("demandKnownPercent", rounded(backtest.demand().knownPercent()));
    root.put(
        "actualKnownPercent",
        backtest
            .actual()
            .map(actual -> rounded(actual.replicas().ready().knownPercent()))
            .orElse(null));
    root.put("scoredPercent", rounded(backtest.scoredPercent()));
    ArrayNode policies = root.putArray("policies");
    backtest.judged().forEach(judged -> policies.add(policy(judged)));
    root.put("plainly", backtest.plainly());
    root.set("facts", MAPPER.valueToTree(backtest.facts()));
    root.set("caveats", MAPPER.valueToTree(backtest.caveats()));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  private static ObjectNode policy(Judged judged) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("name", judged.name()).put("baseline", judged.real());
    node.setAll((ObjectNode) MAPPER.valueToTree(judged.scores()));
    judged
        .worst()
        .ifPresentOrElse(
            worst ->
                node.putObject("worst")
                    .put("at", worst.at().toString())
                    .put("demand", worst.demand())
                    .put("ready", worst.ready())
                    .put("carried", worst.carried()),
            () -> node.putNull("worst"));
    return node;
  }

  private static double rounded(double percent) {
    return Math.rint(percent * 1e4) / 1e4;
  }
}
