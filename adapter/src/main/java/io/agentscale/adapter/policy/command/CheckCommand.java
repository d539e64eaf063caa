// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.command;

import static java.util.Objects.requireNonNull;

import io.agentscale.adapter.policy.PolicyDefinition;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is wrong or odd about the policies of a file, and what their schedules do next. */
@Command(
    name = "check",
    description = "List the problems of policies, what is odd about them, and what comes next.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:all policies are valid; warnings alone change nothing without --strict",
      " 1:a policy or a calendar is invalid, or --strict and a warning",
      " 2:the command line was not understood"
    },
    footer = {
      "",
      "Examples:",
      "  agentscale policy check -f policy.yaml",
      "  agentscale policy check -f policy.yaml --calendar holidays=cn.ics --strict"
    })
final class CheckCommand implements Callable<Integer> {
  private final InstantSource clock;
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final PolicyFileOption file = new PolicyFileOption();

  @Option(names = "--strict", description = "fail if there is a warning")
  private boolean strict;

  CheckCommand() {
    this(InstantSource.system());
  }

  CheckCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    CommandSpec command = requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    Optional<List<PolicyDefinition>> policies = file.read(command.commandLine().getErr());
    if (policies.isEmpty()) {
      return 1;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    boolean warned = false;
    for (PolicyDefinition policy : policies.get()) {
      PolicyReview review = PolicyReview.of(policy, now);
      review.print(out);
      warned |= !review.warnings().isEmpty();
    }
    out.flush();
    return strict && warned ? 1 : 0;
  }
}
