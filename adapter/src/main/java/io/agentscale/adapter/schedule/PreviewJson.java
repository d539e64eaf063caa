// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.schedule.Preview.Skipped;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.ScheduleWarning;
import io.agentscale.core.schedule.ScheduledBounds;
import io.agentscale.core.schedule.Transition;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;

/** A preview as JSON for programs; times are ISO 8601, demand is a Kubernetes quantity. */
final class PreviewJson {
  private PreviewJson() {}

  static void print(Preview preview, PrintWriter out) {
    Baseline baseline = preview.policy().plan().baseline();
    ObjectNode root =
        JsonNodeFactory.instance
            .objectNode()
            .put("policy", preview.policy().name())
            .put("from", preview.from().toString())
            .put("to", preview.to().toString())
            .put("minReplicas", baseline.minReplicas())
            .put("maxReplicas", baseline.maxReplicas());
    putBounds(root.putObject("initial"), preview.initial());
    var transitions = root.putArray("transitions");
    for (Transition transition : preview.transitions()) {
      ObjectNode node = transitions.addObject().put("at", transition.at().toString());
      putChanges(node, preview, transition);
      putBounds(node, transition.bounds());
    }
    var skipped = root.putArray("skipped");
    for (Skipped window : preview.skipped()) {
      skipped
          .addObject()
          .put("at", window.at().toString())
          .put("local", local(window.at(), window.schedule()))
          .put("schedule", window.schedule().name())
          .put("excludedBy", window.exclusion().toString());
    }
    var warnings = root.putArray("warnings");
    for (ScheduleWarning warning : preview.warnings()) {
      warnings
          .addObject()
          .put("schedule", warning.schedule())
          .put("kind", camelCase(warning.kind()))
          .put("message", warning.message());
    }
    out.println(root.toPrettyString());
  }

  private static void putChanges(ObjectNode node, Preview preview, Transition transition) {
    var changes = node.putArray("changes");
    for (Transition.Change change : transition.changes()) {
      Schedule schedule = preview.schedule(change.schedule());
      changes
          .addObject()
          .put("schedule", schedule.name())
          .put("event", camelCase(change.event()))
          .put("local", local(transition.at(), schedule))
          .put("effect", ScheduleWords.event(change.event(), schedule));
    }
  }

  private static void putBounds(ObjectNode node, ScheduledBounds bounds) {
    node.put("floor", bounds.floor()).put("ceiling", bounds.ceiling()).put("exact", bounds.exact());
    bounds.demand().ifPresent(demand -> node.put("demand", demand.toString()));
    var conflicts = node.putArray("conflicts");
    bounds.conflicts().forEach(conflict -> conflicts.add(conflict.toString()));
  }

  private static String local(Instant at, Schedule schedule) {
    return at.atZone(schedule.timeZone()).toString();
  }

  private static String camelCase(Enum<?> constant) {
    StringBuilder text = new StringBuilder();
    for (String word : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      text.append(
          text.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return text.toString();
  }
}
