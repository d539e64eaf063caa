// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.dump;

import io.agentscale.adapter.scrape.ExposedSeries;
import io.agentscale.adapter.scrape.ExpositionFormat;
import io.agentscale.adapter.scrape.SampleLine;
import io.agentscale.adapter.scrape.SampleLine.MalformedException;
import java.util.HashMap;
import java.util.Map;

/** The ways dumps write a sample. */
public enum DumpDialect {
  /** OpenMetrics, as {@code promtool tsdb dump-openmetrics} writes it: timestamps in seconds. */
  OPENMETRICS {
    @Override
    ExposedSeries parse(String line) throws MalformedException {
      return new SampleLine(line, ExpositionFormat.OPENMETRICS).parse();
    }
  },

  /**
   * What {@code promtool tsdb dump} writes: the name is a label, timestamps are in milliseconds.
   */
  PROMTOOL_DUMP {
    @Override
    ExposedSeries parse(String line) throws MalformedException {
      // Behind a name the line is one of Prometheus' own text format.
      ExposedSeries parsed = new SampleLine("_" + line, ExpositionFormat.PROMETHEUS_TEXT).parse();
      Map<String, String> labels = new HashMap<>(parsed.labels());
      String name = labels.remove(NAME_LABEL);
      if (name == null) {
        throw new MalformedException("expected the label " + NAME_LABEL);
      }
      return new ExposedSeries(name, labels, parsed.value(), parsed.at());
    }
  };

  private static final String NAME_LABEL = "__name__";

  /** Tells whether a file that begins with this line is probably OpenMetrics. */
  public static boolean isOpenMetrics(String firstLine) {
    return firstLine.matches("# (TYPE|HELP|UNIT|EOF)\\b.*")
        || firstLine.matches("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*})? [0-9+eE.NaInf-]+ [0-9.]+");
  }

  /** Reads a line that is neither blank nor a comment. */
  abstract ExposedSeries parse(String line) throws MalformedException;
}
