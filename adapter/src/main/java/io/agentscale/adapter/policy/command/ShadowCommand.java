// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.command;

import static java.util.Objects.requireNonNull;

import io.agentscale.adapter.actuate.shadow.ShadowManifests;
import io.agentscale.adapter.policy.PolicyDefinition;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a shadow of each policy's target and the autoscaler that scales it, ready to paste. */
@Command(
    name = "shadow",
    description =
        "Print a ScalingShadow of a policy's target and a HorizontalPodAutoscaler that scales it:"
            + " what would be done, without doing it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:printed",
      " 1:the file is invalid",
      " 2:the command line was not understood"
    },
    footer = {
      "",
      "Example, with a policy of mode Preview:",
      "  agentscale policy shadow -f policy.yaml | kubectl apply -f -"
    })
final class ShadowCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final PolicyFileOption file = new PolicyFileOption();

  @Override
  public Integer call() {
    CommandSpec command = requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    Optional<List<PolicyDefinition>> policies = file.read(command.commandLine().getErr());
    if (policies.isEmpty()) {
      return 1;
    }
    for (PolicyDefinition policy : policies.get()) {
      out.print("---\n" + ShadowManifests.of(policy));
    }
    out.flush();
    return 0;
  }
}
