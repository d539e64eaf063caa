// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.hpa.RecommendationHistory;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes values apart into plain ones and makes new ones of those, as storing them would. */
final class Rebuilt {
  private Rebuilt() {}

  @SuppressWarnings("unchecked")
  static <T> T of(T value) {
    return (T) rebuilt(value);
  }

  private static Object rebuilt(Object value) {
    return switch (value) {
      case Record record -> ofComponents(record);
      case Optional<?> optional -> optional.map(Rebuilt::rebuilt);
      case List<?> list -> list.stream().map(Rebuilt::rebuilt).toList();
      case RecommendationHistory history ->
          RecommendationHistory.of(history.entries().stream().map(Rebuilt::of).toList());
      default -> value;
    };
  }

  private static Object ofComponents(Record value) {
    List<Class<?>> types = new ArrayList<>();
    List<Object> arguments = new ArrayList<>();
    try {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        types.add(component.getType());
        arguments.add(rebuilt(component.getAccessor().invoke(value)));
      }
      Constructor<?> constructor =
          value.getClass().getDeclaredConstructor(types.toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(arguments.toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot be rebuilt: " + value, e);
    }
  }
}
