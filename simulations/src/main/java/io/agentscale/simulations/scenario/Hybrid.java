// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.simulations.cost.Overflow;
import io.agentscale.simulations.cost.Overflow.Serverless;
import io.agentscale.simulations.cost.Owned;
import io.agentscale.simulations.trace.spec.Fields;
import io.agentscale.simulations.workload.Distribution;
import java.time.Duration;
import java.util.Optional;

/**
 * The question of how many replicas to own and what to let overflow.
 *
 * @param currency for people
 * @param owned replicas
 * @param overflow where the rest goes
 */
public record Hybrid(String currency, Owned owned, Overflow overflow) {

  static Hybrid read(YamlMapping keys) {
    String currency = keys.optional("currency", YamlValue::nonEmpty).orElse("");
    Optional<Owned> owned = keys.required("owned", value -> value.mapping(Hybrid::owned));
    Optional<Overflow> overflow =
        keys.required("overflow", value -> value.mapping(Hybrid::overflow));
    return new Hybrid(currency, owned.orElseThrow(), overflow.orElseThrow());
  }

  private static Owned owned(YamlMapping keys) {
    String type = keys.optional("type", YamlValue::nonEmpty).orElse("replica");
    Optional<Double> rate = keys.required("requestsPerSecond", Fields::number);
    return new Owned(type, Prices.perReplicaHour(keys), rate.orElseThrow());
  }

  private static Overflow overflow(YamlMapping keys) {
    Optional<Overflow> api = keys.section("api", Hybrid::api);
    Optional<Overflow> serverless = keys.section("serverless", Hybrid::serverless);
    if (api.isPresent() == serverless.isPresent()) {
      throw new IllegalArgumentException("must have one of the keys api and serverless");
    }
    return api.or(() -> serverless).orElseThrow();
  }

  private static Overflow api(YamlMapping keys) {
    Optional<Double> price = keys.required("perThousandTokens", Fields::number);
    Optional<Double> tokens = keys.required("tokensPerRequest", Fields::number);
    return new Overflow.TokenApi(price.orElseThrow(), tokens.orElseThrow());
  }

  private static Overflow serverless(YamlMapping keys) {
    Optional<Double> price = keys.required("perWorkerSecond", Fields::number);
    Optional<Double> seconds = keys.required("secondsPerRequest", Fields::number);
    int concurrency = keys.optional("concurrency", value -> value.integer(1, 1_000_000)).orElse(1);
    Serverless usual = Serverless.containers(price.orElse(0.0), seconds.orElse(0.0), concurrency);
    Optional<Duration> unit = keys.optional("billingUnit", YamlValue::duration);
    Optional<Distribution> cold = keys.optional("coldStart", DistributionYaml::read);
    Optional<Duration> idle = keys.optional("idleTimeout", DistributionYaml::length);
    Optional<Boolean> billed = keys.optional("idleIsBilled", YamlValue::bool);
    Optional<Integer> most =
        keys.optional("mostWorkers", value -> value.integer(1, Integer.MAX_VALUE));
    return new Serverless(
        price.orElseThrow(),
        unit.orElse(usual.billingUnit()),
        cold.orElse(usual.coldStart()),
        seconds.orElseThrow(),
        concurrency,
        idle.orElse(usual.idleTimeout()),
        billed.orElse(usual.idleIsBilled()),
        most.orElse(usual.mostWorkers()));
  }
}
