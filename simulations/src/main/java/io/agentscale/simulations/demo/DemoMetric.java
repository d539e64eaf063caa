// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

/** The metrics the demo shows, in the order it shows them. */
enum DemoMetric {
  CONCURRENCY("agent_concurrency", "CONCURRENCY", "concurrency"),
  TOKENS_PER_MINUTE("agent_tokens_per_minute", "TOKENS/MIN", "tokensPerMinute"),
  QUEUE_DEPTH("agent_queue_depth", "QUEUE DEPTH", "queueDepth");

  private final String metricName;
  private final String heading;
  private final String jsonKey;

  DemoMetric(String metricName, String heading, String jsonKey) {
    this.metricName = metricName;
    this.heading = heading;
    this.jsonKey = jsonKey;
  }

  /** Returns the name under which the metrics API serves it. */
  String metricName() {
    return metricName;
  }

  String heading() {
    return heading;
  }

  String jsonKey() {
    return jsonKey;
  }
}
