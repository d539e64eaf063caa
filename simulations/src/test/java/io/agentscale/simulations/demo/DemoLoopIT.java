// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/**
 * The whole loop over real HTTPS, from the agents' load to their number: what a part does right the
 * wiring can still get wrong.
 *
 * <p>It runs into the schedule's window, so that agents are asked for whatever the load is.
 */
final class DemoLoopIT {
  private static final LocalTime WINDOW = LocalTime.of(8, 42);

  @Test
  @Timeout(120)
  void shortRun_agentsFollowTheScheduleBeforeTheLoadAsksForThem() throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int code =
        new CommandLine(DemoCommand.served())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute("--minutes", "0.4", "--json");

    assertThat(code).as(err.toString()).isZero();
    List<JsonNode> loops = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      loops.add(new ObjectMapper().readTree(line).path("loop"));
    }
    assertThat(loops).isNotEmpty();
    JsonNode last = loops.getLast();
    assertThat(LocalTime.parse(last.path("at").asText().substring(11, 16))).isAfter(WINDOW);
    assertThat(last.path("floor").asInt()).isEqualTo(10);
    assertThat(last.path("desired").asInt()).isGreaterThanOrEqualTo(10);
    assertThat(last.path("ready").asInt() + last.path("starting").asInt())
        .isGreaterThanOrEqualTo(10);
    assertThat(last.path("served").asDouble())
        .as("above what is there to do")
        .isGreaterThan(last.path("demand").asDouble());
    assertThat(last.path("runs").asInt()).isPositive();
    assertThat(last.path("replicaHours").asDouble()).isPositive();
    OptionalInt mostStarting = loops.stream().mapToInt(loop -> loop.path("starting").asInt()).max();
    assertThat(mostStarting.orElseThrow()).isPositive();
    assertThat(loops).anyMatch(loop -> loop.path("forecast").isNumber());
  }
}
