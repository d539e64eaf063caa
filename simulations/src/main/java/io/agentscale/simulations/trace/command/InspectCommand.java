// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.command;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what traffic is: when, how much, how even, and what of it is unknown. */
@Command(
    name = "inspect",
    description = "Say when traffic begins and ends, how much there is, and what is unknown.",
    footer = {
      "",
      "Examples:",
      "  agentscale trace inspect requests.csv.gz",
      "  agentscale trace inspect '{generator: published-day, duration: 1d}' -o json"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final TrafficArguments arguments = new TrafficArguments();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "text or json (default: text)")
  private SummaryForm form = SummaryForm.text;

  @Override
  public Integer call() {
    return TraceRun.run(
        requireNonNull(spec),
        arguments,
        (traffic, out) -> form.print(TraceSummary.of(traffic), arguments.skipped(), out));
  }
}
