// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.workload.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Metrics that do not say how much work there is. Waiting and running work together are a demand. A
 * gauge of running work alone stops at the number of slots; a backlog alone is near zero whenever
 * capacity is right; a share of something ends at one.
 */
final class DemandTraps {
  /** Gauges that end at batch size, slots or one, and what has to be added to make a demand. */
  private static final Map<String, Optional<String>> CAPPED =
      Map.ofEntries(
          Map.entry("vllm:num_requests_running", Optional.of("vllm:num_requests_waiting")),
          Map.entry("sglang:num_running_reqs", Optional.of("sglang:num_queue_reqs")),
          Map.entry("tgi_batch_current_size", Optional.of("tgi_queue_size")),
          Map.entry("trtllm_num_requests_running", Optional.of("trtllm_num_requests_waiting")),
          Map.entry("llamacpp:requests_processing", Optional.of("llamacpp:requests_deferred")),
          Map.entry(
              "ray_serve_replica_processing_queries",
              Optional.of("ray_serve_deployment_queued_queries")),
          Map.entry("lg_api_num_running_runs", Optional.of("lg_api_num_pending_runs")),
          Map.entry("lg_api_workers_active", Optional.empty()),
          Map.entry("vllm:kv_cache_usage_perc", Optional.empty()),
          Map.entry("vllm:gpu_cache_usage_perc", Optional.empty()),
          Map.entry("sglang:token_usage", Optional.empty()),
          Map.entry("nv_trt_llm_kv_cache_block_metrics", Optional.empty()),
          Map.entry("litellm_remaining_tokens", Optional.empty()),
          Map.entry("DCGM_FI_DEV_GPU_UTIL", Optional.empty()),
          Map.entry("container_cpu_usage_seconds_total", Optional.empty()));

  private static final List<String> BACKLOGS =
      List.of(
          "vllm:num_requests_waiting",
          "sglang:num_queue_reqs",
          "tgi_queue_size",
          "trtllm_num_requests_waiting",
          "llamacpp:requests_deferred",
          "ray_serve_deployment_queued_queries",
          "lg_api_num_pending_runs",
          "inference_pending_requests",
          "agent_queue_depth");

  private static final String BACKLOG_PRESET = "agent-queue-depth";
  private static final Pattern FILTERED = Pattern.compile("\\b(job|server|pod|service)\\s*(=|!)");

  private DemandTraps() {}

  static Stream<Finding> find(Surroundings around) {
    return around.policies().stream().flatMap(DemandTraps::find);
  }

  private static Stream<Finding> find(PolicyDefinition policy) {
    return switch (policy.demand()) {
      case DemandSource.OfPreset(String preset) ->
          preset.replace('_', '-').equals(BACKLOG_PRESET)
              ? backlog(policy, "preset " + preset)
              : Stream.empty();
      case DemandSource.OfQuery(String promql, Optional<String> _) ->
          Stream.of(capped(policy, promql), onlyBacklog(policy, promql), twice(policy, promql))
              .flatMap(found -> found);
    };
  }

  private static Stream<Finding> capped(PolicyDefinition policy, String promql) {
    return CAPPED.entrySet().stream()
        .filter(gauge -> mentions(promql, gauge.getKey()))
        .filter(gauge -> gauge.getValue().filter(rest -> mentions(promql, rest)).isEmpty())
        .sorted(Map.Entry.comparingByKey())
        .map(gauge -> capped(policy, gauge.getKey(), gauge.getValue()));
  }

  private static Finding capped(PolicyDefinition policy, String gauge, Optional<String> rest) {
    return new Finding(
        Trap.CAPPED_DEMAND,
        WriterTraps.id(policy),
        "spec.demand.query",
        gauge + " ends at what the pods can hold: full reads the same as hours behind",
        rest.map(waiting -> "add " + waiting + ": demand is waiting plus running work")
            .orElse("ask for waiting plus running work, as the preset agent-concurrency does"));
  }

  private static Stream<Finding> onlyBacklog(PolicyDefinition policy, String promql) {
    return BACKLOGS.stream()
        .filter(series -> mentions(promql, series))
        .filter(_ -> CAPPED.keySet().stream().noneMatch(running -> mentions(promql, running)))
        .limit(1)
        .flatMap(series -> backlog(policy, series));
  }

  private static Stream<Finding> backlog(PolicyDefinition policy, String what) {
    return policy.forecast().isEmpty()
        ? Stream.empty()
        : Stream.of(
            new Finding(
                Trap.BACKLOG_FORECAST,
                WriterTraps.id(policy),
                "spec.forecast",
                what
                    + " is a backlog, near zero whenever capacity is right: its forecast says"
                    + " nothing about the capacity needed",
                "forecast waiting plus running work, as the preset agent-concurrency measures"));
  }

  private static Stream<Finding> twice(PolicyDefinition policy, String promql) {
    boolean engines = mentions(promql, "vllm:num_requests_running");
    boolean summed = engines || mentions(promql, "vllm:num_requests_waiting");
    return summed && !FILTERED.matcher(promql).find()
        ? Stream.of(
            new Finding(
                Trap.COUNTED_TWICE,
                WriterTraps.id(policy),
                "spec.demand.query",
                "vLLM's router publishes each engine's requests again under the same names: an"
                    + " unfiltered sum counts them twice",
                "add server=\"\" or a job matcher"))
        : Stream.empty();
  }

  /** Tells whether a query names a series, not only one whose name begins or ends alike. */
  private static boolean mentions(String promql, String series) {
    int at = promql.indexOf(series);
    while (at >= 0) {
      int end = at + series.length();
      boolean begins = at == 0 || !isNamePart(promql.charAt(at - 1));
      if (begins && (end == promql.length() || !isNamePart(promql.charAt(end)))) {
        return true;
      }
      at = promql.indexOf(series, end);
    }
    return false;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == ':';
  }
}
