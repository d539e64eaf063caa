// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import static java.util.Objects.requireNonNull;

import com.cronutils.model.Cron;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.FieldValue;

/** A field of a cron expression, read into one bit for each value it allows. */
enum CronField {
  MINUTE(CronFieldName.MINUTE, 0, 59),
  HOUR(CronFieldName.HOUR, 0, 23),
  DAY_OF_MONTH(CronFieldName.DAY_OF_MONTH, 1, 31),
  MONTH(CronFieldName.MONTH, 1, 12),
  // Sunday is 0 and 7; both become bit 0.
  DAY_OF_WEEK(CronFieldName.DAY_OF_WEEK, 0, 6);

  private final CronFieldName name;
  private final int min;
  private final int max;

  CronField(CronFieldName name, int min, int max) {
    this.name = name;
    this.min = min;
    this.max = max;
  }

  long bits(Cron cron) {
    return bits(expression(cron));
  }

  boolean isRestricted(Cron cron) {
    return !(expression(cron) instanceof Always);
  }

  private FieldExpression expression(Cron cron) {
    return requireNonNull(cron.retrieveFieldsAsMap().get(name)).getExpression();
  }

  private long bits(FieldExpression expression) {
    return switch (expression) {
      case Always _ -> range(min, max, 1);
      case On on -> range(on.getTime().getValue(), on.getTime().getValue(), 1);
      case Between between -> range(number(between.getFrom()), number(between.getTo()), 1);
      case And and ->
          and.getExpressions().stream().mapToLong(this::bits).reduce(0, (a, b) -> a | b);
      case Every every -> stepped(every.getExpression(), every.getPeriod().getValue());
      default -> throw new IllegalArgumentException("Invalid expression: " + expression.asString());
    };
  }

  private long stepped(FieldExpression base, int step) {
    return switch (base) {
      case Between between -> range(number(between.getFrom()), number(between.getTo()), step);
      // "5/15" counts from 5 to the end of the field, as in Kubernetes.
      case On on -> range(on.getTime().getValue(), max, step);
      default -> range(min, max, step);
    };
  }

  private long range(int from, int to, int step) {
    long bits = 0;
    for (int value = from; value <= to; value += step) {
      bits |= 1L << (this == DAY_OF_WEEK ? value % 7 : value);
    }
    return bits;
  }

  private static int number(FieldValue<?> value) {
    return Integer.parseInt(value.toString());
  }
}
