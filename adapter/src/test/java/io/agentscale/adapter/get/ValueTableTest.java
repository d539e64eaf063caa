// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.get;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A person reads this table in a hurry: columns line up, and an age is never invented. */
final class ValueTableTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

  @Test
  void objects_oneRowEach() throws Exception {
    assertThat(
            table(
                """
                {"kind":"MetricValueList","items":[
                 {"describedObject":{"kind":"Pod","namespace":"agent-prod","name":"coder-0"},
                  "metric":{"name":"agent_concurrency"},"timestamp":"2026-01-01T00:00:08Z","value":"7"},
                 {"describedObject":{"kind":"Pod","namespace":"agent-prod","name":"coder-10"},
                  "metric":{"name":"agent_concurrency"},"timestamp":null,"value":"500m"}]}
                """))
        .isEqualTo(
            """
            NAMESPACE    KIND   NAME       METRIC              VALUE   AGE
            agent-prod   Pod    coder-0    agent_concurrency   7       2s
            agent-prod   Pod    coder-10   agent_concurrency   500m    unknown
            """);
  }

  @Test
  void external_showsTheSeriesLabels() throws Exception {
    assertThat(
            table(
                """
                {"kind":"ExternalMetricValueList","items":[
                 {"metricName":"queue","metricLabels":{"a":"1","b":"2"},
                  "timestamp":"2026-01-01T00:00:10Z","value":"3"},
                 {"metricName":"queue","metricLabels":null,
                  "timestamp":"2026-01-01T00:00:10Z","value":"4"}]}
                """))
        .isEqualTo(
            """
            METRIC   LABELS    VALUE   AGE
            queue    a=1,b=2   3       0s
            queue              4       0s
            """);
  }

  private static String table(String json) throws Exception {
    StringWriter text = new StringWriter();
    ValueTable.print(new ObjectMapper().readTree(json), NOW, new PrintWriter(text));
    return text.toString();
  }
}
