// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whoever compares rules by the document must find the defaults that the code has. */
final class RecommendersDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "recommenders.md");
  private static final ReplicaBounds ANY = new ReplicaBounds(1, 2);

  @Test
  void documentListsEveryRecommender_withTheDefaultsOfTheCode() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    expected.put("HorizontalPodAutoscaler", defaults(HpaSettings.DEFAULT, Set.of()));
    expected.put("QueueRatio", defaults(QueueRatio.DEFAULT, Set.of()));
    expected.put("QueueStep", defaults(QueueStep.DEFAULT, Set.of()));
    expected.put(
        "StableAndPanicWindows",
        defaults(StableAndPanicWindows.withTarget(1, ANY), Set.of("targetPerReplica", "bounds")));
    expected.put("ServerlessWorkers", defaults(ServerlessWorkers.DEFAULT, Set.of()));
    expected.put("ScheduleOnly", "none");
    expected.put("ForecastOnly", defaults(ForecastUse.DEFAULT, Set.of()));
    expected.put(
        "CompositePolicy",
        defaults(PolicySettings.reactive(Quantity.of(1), ANY), Set.of("perReplica", "schedules")));
    assertThat(rows()).isEqualTo(expected);
    assertThat(expected.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Recommender.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  /** Returns the last cell of each row of the first table, by the name in its first. */
  private static Map<String, String> rows() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("## ")) {
        return rows;
      }
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|", -1);
        rows.put(cells[1].strip().replace("`", ""), cells[cells.length - 2].strip());
      }
    }
    return rows;
  }

  private static String defaults(Record values, Set<String> without) {
    List<String> parts = new ArrayList<>();
    for (var component : values.getClass().getRecordComponents()) {
      if (!without.contains(component.getName())) {
        try {
          parts.add(
              "`%s` %s"
                  .formatted(component.getName(), text(component.getAccessor().invoke(values))));
        } catch (ReflectiveOperationException e) {
          throw new LinkageError("cannot be read: " + values, e);
        }
      }
    }
    return String.join(", ", parts);
  }

  private static String text(Object value) {
    return switch (value) {
      case Duration duration -> Spans.text(duration);
      case ReplicaBounds(int min, int max) -> min + " to " + max;
      case Double number ->
          number == Math.rint(number) ? Long.toString(number.longValue()) : number.toString();
      case Dialect dialect -> dialect.text();
      case io.agentscale.core.forecast.SkillGate gate -> "minSkill " + text(gate.minSkill());
      case Optional<?> optional -> optional.map(Object::toString).orElse("none");
      default -> value.toString();
    };
  }
}
