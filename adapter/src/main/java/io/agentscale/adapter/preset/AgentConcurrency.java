// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static io.agentscale.adapter.preset.Term.gauge;

import java.util.List;

/**
 * Runs in flight, the demand of a service whose runs mostly wait for something else than CPU.
 *
 * <p>Waiting runs count: a gauge of running ones alone is capped by the batch size or the slots and
 * reads the same whether a pod is just full or hours behind. OpenTelemetry's GenAI conventions have
 * no gauge in flight; the rate of finished run-seconds (Little's law) stands at zero while a pod's
 * long runs have yet to finish, so it is no source here.
 */
final class AgentConcurrency {
  static final PresetMetric METRIC =
      new PresetMetric(
          "agent_concurrency",
          "runs in flight in the pod: those running and those waiting inside it",
          "runs",
          "60 to 80 % of the concurrency at which a pod's latency breaks; measure it under load,"
              + " or start from the pod's number of slots",
          List.of(
              Source.of("agentscale", "agentscale's own contract", gauge("agent_runs_in_flight")),
              Source.of("agent-active", "agent SDK services", gauge("agent_active_count")),
              Source.of(
                  "vllm",
                  "vLLM",
                  gauge("vllm:num_requests_running", KnownTraps.NOT_FROM_ROUTER),
                  gauge("vllm:num_requests_waiting", KnownTraps.NOT_FROM_ROUTER)),
              Source.of(
                  "sglang",
                  "SGLang with --enable-metrics",
                  gauge("sglang:num_running_reqs"),
                  gauge("sglang:num_queue_reqs")),
              Source.of(
                  "tgi",
                  "Text Generation Inference",
                  gauge("tgi_batch_current_size"),
                  gauge("tgi_queue_size")),
              Source.of(
                  "triton-trtllm",
                  "Triton with the TensorRT-LLM backend",
                  gauge(
                      "nv_trt_llm_request_metrics",
                      LabelFilter.isOneOf("request_type", "waiting", "scheduled"))),
              Source.of(
                  "trtllm-serve",
                  "trtllm-serve",
                  gauge("trtllm_num_requests_running"),
                  gauge("trtllm_num_requests_waiting")),
              Source.of(
                  "llamacpp",
                  "llama.cpp server with --metrics",
                  gauge("llamacpp:requests_processing"),
                  gauge("llamacpp:requests_deferred")),
              Source.of(
                  "ray-serve",
                  "Ray Serve",
                  gauge("ray_serve_replica_processing_queries"),
                  gauge("ray_serve_deployment_queued_queries")),
              Source.of(
                  "dynamo", "NVIDIA Dynamo frontend", gauge("dynamo_frontend_inflight_requests")),
              Source.of(
                  "langgraph",
                  "LangGraph server, API pods",
                  gauge("lg_api_num_running_runs"),
                  gauge("lg_api_num_pending_runs"))));

  private AgentConcurrency() {}
}
