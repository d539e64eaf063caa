// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static io.agentscale.adapter.preset.Term.gauge;

import java.util.List;

/**
 * Waiting tasks, a backlog: near zero when capacity is right, so it tells that capacity is missing
 * and never how much is needed ahead. Forecasts belong on {@link AgentConcurrency}.
 */
final class AgentQueueDepth {
  static final PresetMetric METRIC =
      new PresetMetric(
          "agent_queue_depth",
          "tasks accepted by the pod that wait to start",
          "tasks",
          "5 a pod for model servers (1 for those with few slots); for task queues, what a pod"
              + " clears within the wait you allow",
          List.of(
              Source.of("agentscale", "agentscale's own contract", gauge("agent_queue_depth")),
              Source.of(
                  "inference-pending",
                  "inference services with their own gauge",
                  gauge("inference_pending_requests")),
              Source.of(
                  "vllm", "vLLM", gauge("vllm:num_requests_waiting", KnownTraps.NOT_FROM_ROUTER)),
              Source.of("sglang", "SGLang with --enable-metrics", gauge("sglang:num_queue_reqs")),
              Source.of("tgi", "Text Generation Inference", gauge("tgi_queue_size")),
              Source.of(
                  "triton-trtllm",
                  "Triton with the TensorRT-LLM backend",
                  gauge(
                      "nv_trt_llm_request_metrics",
                      LabelFilter.isOneOf("request_type", "waiting"))),
              Source.of("trtllm-serve", "trtllm-serve", gauge("trtllm_num_requests_waiting")),
              Source.of(
                  "triton", "Triton, other backends", gauge("nv_inference_pending_request_count")),
              Source.of(
                  "llamacpp",
                  "llama.cpp server with --metrics",
                  gauge("llamacpp:requests_deferred")),
              Source.of("ray-serve", "Ray Serve", gauge("ray_serve_deployment_queued_queries")),
              Source.of(
                  "dynamo", "NVIDIA Dynamo frontend", gauge("dynamo_frontend_queued_requests")),
              Source.of(
                  "langgraph", "LangGraph server, API pods", gauge("lg_api_num_pending_runs"))));

  private AgentQueueDepth() {}
}
