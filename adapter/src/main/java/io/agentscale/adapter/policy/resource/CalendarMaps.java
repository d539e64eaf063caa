// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.agentscale.adapter.schedule.Calendars;
import io.agentscale.adapter.schedule.IcsCalendar;
import io.agentscale.core.schedule.HolidayCalendar;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * ConfigMaps with iCalendar texts, which schedules of their namespace name as {@code
 * calendar:CONFIGMAP} or {@code calendar:CONFIGMAP/KEY}. A text is read when it is first asked for.
 */
final class CalendarMaps {
  /** Of the ConfigMaps that are looked at; no other is ever read. */
  static final String LABEL = "agentscale.io/calendar";

  /**
   * Which ConfigMap.
   *
   * @param namespace it is in
   * @param name of it
   */
  record Id(String namespace, String name) {}

  private record Held(Map<String, String> texts, Map<String, HolidayCalendar> read) {}

  private final Map<Id, Held> maps = new ConcurrentHashMap<>();

  /** Takes a ConfigMap over; returns whether it says anything new. */
  @CanIgnoreReturnValue
  boolean put(Id id, Map<String, String> texts) {
    Held before = maps.put(id, new Held(Map.copyOf(texts), new ConcurrentHashMap<>()));
    return before == null || !before.texts.equals(texts);
  }

  /** Forgets a ConfigMap; returns whether it was there. */
  boolean remove(Id id) {
    return maps.remove(id) != null;
  }

  /** Returns those of a namespace; what is put later is found later. */
  Calendars in(String namespace) {
    return name -> named(namespace, name);
  }

  private HolidayCalendar named(String namespace, String name) {
    int slash = name.indexOf('/');
    String map = slash < 0 ? name : name.substring(0, slash);
    String key = slash < 0 ? SpecDefaults.CALENDAR_KEY : name.substring(slash + 1);
    Held held = maps.get(new Id(namespace, map));
    if (held == null) {
      throw new IllegalArgumentException(
          "must name a ConfigMap of namespace %s with the label %s (%s), was: %s"
              .formatted(namespace, CalendarMaps.LABEL, there(namespace), name));
    }
    String text = held.texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException(
          "must name a key of ConfigMap %s (%s), was: %s"
              .formatted(map, String.join(", ", new TreeSet<>(held.texts.keySet())), key));
    }
    try {
      return held.read.computeIfAbsent(key, _ -> IcsCalendar.parse(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must name a calendar that can be read, was: %s (%s)".formatted(name, e.getMessage()), e);
    }
  }

  private String there(String namespace) {
    Set<String> names = new TreeSet<>();
    maps.keySet().stream()
        .filter(id -> id.namespace.equals(namespace))
        .forEach(id -> names.add(id.name));
    return names.isEmpty() ? "there is none" : String.join(", ", names);
  }
}
