// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cron read differently from what its author knows starts capacity on the wrong day. */
final class CronTest {

  @ParameterizedTest(name = "{0} after {1}")
  @CsvSource(
      textBlock =
          """
          0 9 * * MON-FRI,     2026-10-02T09:01, 2026-10-05T09:00
          0 9 * * MON-FRI,     2026-10-02T09:00, 2026-10-02T09:00
          0 9 * * mon-fri,     2026-10-03T00:00, 2026-10-05T09:00
          */15 * * * *,        2026-10-02T23:46, 2026-10-03T00:00
          0 0 31 * *,          2026-04-01T00:00, 2026-05-31T00:00
          0 0 29 2 *,          2096-03-01T00:00, 2104-02-29T00:00
          0 0 1 1 *,           2026-01-01T00:01, 2027-01-01T00:00
          0 0 * * 7,           2026-10-02T00:00, 2026-10-04T00:00
          0 0 * * 0,           2026-10-02T00:00, 2026-10-04T00:00
          0 0 13 * FRI,        2026-10-03T00:00, 2026-10-09T00:00
          0 0 13 * FRI,        2026-10-10T00:00, 2026-10-13T00:00
          0 0 */2 * MON,       2026-10-03T00:01, 2026-10-05T00:00
          5/20 8-10/2 * * *,   2026-10-02T08:46, 2026-10-02T10:05
          59 23 31 DEC *,      2026-10-02T00:00, 2026-12-31T23:59
          """)
  void nextOrSame(String cron, LocalDateTime from, LocalDateTime expected) {
    assertThat(Cron.parse(cron).nextOrSame(from)).contains(expected);
  }

  @ParameterizedTest(name = "{0} before {1}")
  @CsvSource(
      textBlock =
          """
          0 9 * * MON-FRI,     2026-10-05T08:59, 2026-10-02T09:00
          0 9 * * MON-FRI,     2026-10-05T09:00, 2026-10-05T09:00
          */15 * * * *,        2026-10-02T00:14, 2026-10-02T00:00
          0 0 29 2 *,          2104-02-28T00:00, 2096-02-29T00:00
          50 22 31 12 *,       2026-10-02T00:14, 2025-12-31T22:50
          """)
  void previousOrSame(String cron, LocalDateTime from, LocalDateTime expected) {
    assertThat(Cron.parse(cron).previousOrSame(from)).contains(expected);
  }

  @Test
  void neverFiring_endsTheSearch() {
    for (String text : new String[] {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "* * 30,31 2 *"}) {
      Cron cron = Cron.parse(text);
      assertThat(cron.fires()).isFalse();
      assertThat(cron.nextOrSame(LocalDateTime.of(2026, 1, 1, 0, 0))).isEmpty();
      assertThat(cron.previousOrSame(LocalDateTime.of(2026, 1, 1, 0, 0))).isEmpty();
    }
    assertThat(Cron.parse("0 0 29 2 *").fires()).isTrue();
  }

  @ParameterizedTest(name = "''{0}''")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 25 * * *      | Value 25 not in range [0, 23]
          0 9 * *         | contains 4 parts but we expect one of [5]
          0 0 9 * * *     | contains 6 parts but we expect one of [5]
          0 9 * * FRI-MON | Invalid range! [5,1]
          @daily          | Nicknames not supported
          0 0 L * *       | Invalid chars
          */0 * * * *     | Period 0 not in range
          a * * * *       | Invalid chars
          0 9 0 * *       | Value 0 not in range [1, 31]
          0 9 * 13 *      | Value 13 not in range [1, 12]
          0 9 * * 8       | Value 8 not in range [0, 7]
          ''              | Empty expression
          """)
  void parse_nonsense_isRefusedWithItsReason(String text, String reason) {
    assertThatThrownBy(() -> Cron.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be a five-field cron expression (minute hour")
        .hasMessageContaining("was: " + text)
        .hasMessageContaining(reason);
  }

  @Test
  void search_agreesWithTryingEveryMinute() {
    SplittableRandom random = new SplittableRandom(11);
    int disagreements = 0;
    for (int i = 0; i < 150; i++) {
      String text = NaiveCron.random(random);
      Cron cron = Cron.parse(text);
      NaiveCron naive = new NaiveCron(text);
      LocalDateTime from = LocalDateTime.of(2026, 1, 1, 0, 0).plusMinutes(random.nextInt(900_000));
      LocalDateTime next = from;
      LocalDateTime previous = from;
      while (!naive.matches(next)) {
        disagreements += cron.matches(next) ? 1 : 0;
        next = next.plusMinutes(1);
      }
      while (!naive.matches(previous)) {
        previous = previous.minusMinutes(1);
      }
      assertThat(cron.nextOrSame(from)).as("%s after %s", text, from).contains(next);
      assertThat(cron.previousOrSame(from)).as("%s before %s", text, from).contains(previous);
      assertThat(cron.matches(next)).isTrue();
    }
    assertThat(disagreements).isZero();
  }

  /** The library's own search is slower and cannot bound itself, but must agree where it speaks. */
  @Test
  void search_agreesWithTheLibrarysInUtc() {
    SplittableRandom random = new SplittableRandom(12);
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    int compared = 0;
    while (compared < 300) {
      String text = NaiveCron.random(random);
      if (text.endsWith(" *")) {
        LocalDateTime from =
            LocalDateTime.of(2026, 1, 1, 0, 0).plusMinutes(random.nextInt(900_000));
        assertThat(Cron.parse(text).nextOrSame(from.plusMinutes(1)))
            .as("%s after %s", text, from)
            .contains(
                ExecutionTime.forCron(parser.parse(text))
                    .nextExecution(from.atZone(ZoneOffset.UTC))
                    .orElseThrow()
                    .toLocalDateTime());
        compared++;
      }
    }
  }

  @Test
  void description_isInWords() {
    assertThat(Cron.parse("0 9 * * MON-FRI").description())
        .isEqualTo("at 09:00 every day between Monday and Friday");
  }

  @Test
  void spans_readAndWriteAlike() {
    assertThat(Spans.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Spans.parse("14d")).isEqualTo(Duration.ofDays(14));
    assertThat(Spans.parse("90m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Spans.text(Duration.ofMinutes(90))).isEqualTo("1h30m");
    assertThat(Spans.text(Duration.ofHours(25))).isEqualTo("25h");
    assertThat(Spans.text(Duration.ofDays(14).plusSeconds(5))).isEqualTo("14d5s");
    assertThat(Spans.text(Duration.ZERO)).isEqualTo("0s");
    for (String text : new String[] {"", "9", "h", "9 h", "-9h", "1m1h", "PT9H", "1.5h"}) {
      assertThatThrownBy(() -> Spans.parse(text)).hasMessageContaining("was: " + text);
    }
  }
}
