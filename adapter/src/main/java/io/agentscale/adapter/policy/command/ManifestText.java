// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.command;

import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.core.schedule.Spans;
import java.time.Duration;

/** A manifest being written line by line, with a comment at the end of some. */
final class ManifestText {
  private static final int COMMENT_COLUMN = 44;

  private final StringBuilder text = new StringBuilder();

  void line(String line) {
    text.append(line).append('\n');
  }

  void line(String line, String comment) {
    text.append(line).repeat(' ', Math.max(1, COMMENT_COLUMN - line.length()));
    text.append("# ").append(comment).append('\n');
  }

  void target(TargetRef target, String indent) {
    line(indent + "apiVersion: " + target.apiVersion());
    line(indent + "kind: " + target.kind());
    line(indent + "name: " + target.name());
  }

  static String span(Duration duration) {
    return Spans.text(duration);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
