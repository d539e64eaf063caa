// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.hpa.ScaledObject;
import io.agentscale.adapter.hpa.ScaledObjectFile;
import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ScaledObjects for tests, read as users write them. */
public final class ScaledObjects {
  private static final Signals SIGNALS =
      Signals.DEFAULT.with(
          Map.of(
              "in_flight", Signal.DEMAND,
              "p99", Signal.LATENCY_P99_SECONDS,
              "rate", Signal.REQUESTS_PER_SECOND));

  /** A trigger that is active while there is any run, six of them a replica. */
  public static final String IN_FLIGHT = query("in_flight", "threshold: '6'");

  private ScaledObjects() {}

  /** Returns a trigger on a query of a name, with further metadata. */
  public static String query(String name, String metadata) {
    return "{type: prometheus, name: %s, metadata: {query: q, %s}}".formatted(name, metadata);
  }

  /**
   * Reads a ScaledObject.
   *
   * @param fields of the spec but for its target and triggers, a line each
   */
  public static ScaledObject parse(String fields, String... triggers) {
    String text =
        """
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata: {name: agent}
        spec:
          scaleTargetRef: {name: agent}
        """
            + fields.indent(2)
            + "  triggers:\n"
            + "  - "
            + String.join("\n  - ", triggers)
            + "\n";
    return ScaledObjectFile.parse("scaledobject.yaml", text, Dialect.V1_28, List.of()).getFirst();
  }

  /** Returns KEDA with a ScaledObject. */
  public static KedaScaling scaling(String fields, String... triggers) {
    return new KedaScaling(
        "keda",
        parse(fields, triggers),
        HpaSettings.DEFAULT,
        SIGNALS,
        Optional.empty(),
        Optional.empty());
  }
}
