// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static io.agentscale.adapter.preset.Term.perMinute;

import java.util.List;

/** Tokens a minute, prompt and completion together: 60 times the rate of their counters. */
final class AgentTokensPerMinute {
  static final PresetMetric METRIC =
      new PresetMetric(
          "agent_tokens_per_minute",
          "tokens the pod handles a minute, prompt and completion together",
          "tokens per minute",
          "what one pod sustains within its latency objective, measured; never beyond the model"
              + " provider's quota divided by the pods, since more pods cannot help there",
          List.of(
              Source.of("agentscale", "agentscale's own contract", perMinute("agent_tokens_total")),
              Source.of(
                  "vllm",
                  "vLLM",
                  perMinute("vllm:prompt_tokens_total", KnownTraps.NOT_FROM_ROUTER),
                  perMinute("vllm:generation_tokens_total", KnownTraps.NOT_FROM_ROUTER)),
              Source.of(
                  "sglang",
                  "SGLang with --enable-metrics",
                  perMinute("sglang:prompt_tokens_total"),
                  perMinute("sglang:generation_tokens_total")),
              Source.of(
                  "tgi",
                  "Text Generation Inference",
                  perMinute("tgi_request_input_length_sum"),
                  perMinute("tgi_request_generated_tokens_sum")),
              Source.of(
                  "llamacpp",
                  "llama.cpp server with --metrics",
                  perMinute("llamacpp:prompt_tokens_total"),
                  perMinute("llamacpp:tokens_predicted_total")),
              Source.of(
                  "dynamo",
                  "NVIDIA Dynamo frontend",
                  perMinute("dynamo_frontend_input_sequence_tokens_sum"),
                  perMinute("dynamo_frontend_output_sequence_tokens_sum")),
              Source.of("litellm", "LiteLLM proxy", perMinute("litellm_total_tokens_metric_total")),
              Source.of(
                  "otel-genai",
                  "OpenTelemetry GenAI conventions",
                  perMinute("gen_ai_client_token_usage_sum", KnownTraps.INPUT_AND_OUTPUT))));

  private AgentTokensPerMinute() {}
}
