// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.command;

import static java.util.Objects.requireNonNull;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the autoscaler that follows each policy of a file, ready to paste. */
@Command(
    name = "hpa",
    description = "Print the HorizontalPodAutoscaler or KEDA ScaledObject that follows a policy.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:printed",
      " 1:the file is invalid, or a policy scales its target by itself",
      " 2:the command line was not understood"
    },
    footer = {
      "",
      "Examples:",
      "  agentscale policy hpa -f policy.yaml | kubectl apply -f -",
      "  agentscale policy hpa -f policy.yaml --metric object",
      "  agentscale policy hpa -f policy.yaml -o scaledobject"
    })
final class AutoscalerCommand implements Callable<Integer> {
  /** What is printed. */
  enum Output {
    hpa,
    scaledobject,
    both
  }

  /** Which of Kubernetes' metrics APIs a HorizontalPodAutoscaler asks. */
  enum Metric {
    external,
    object
  }

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final PolicyFileOption file = new PolicyFileOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). A target has one autoscaler: with"
              + " both, the second is in comments",
      defaultValue = "hpa")
  private Output output = Output.hpa;

  @Option(
      names = "--metric",
      paramLabel = "API",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). object, a custom metric of the"
              + " target, is for clusters where another server has external.metrics.k8s.io",
      defaultValue = "external")
  private Metric metric = Metric.external;

  @Option(
      names = "--scaler-address",
      paramLabel = "HOST:PORT",
      description = "where KEDA reaches agentscale (default: ${DEFAULT-VALUE})",
      defaultValue = ScaledObjectText.ADDRESS)
  private String scalerAddress = ScaledObjectText.ADDRESS;

  @Override
  public Integer call() {
    CommandSpec command = requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Optional<List<PolicyDefinition>> policies = file.read(err);
    if (policies.isEmpty()) {
      return 1;
    }
    boolean refused = false;
    for (PolicyDefinition policy : policies.get()) {
      if (policy.actuation() instanceof Actuation.OwnScale) {
        err.println(
            policy.key()
                + ": spec.actuation is Scale: agentscale sets the replicas of "
                + policy.target()
                + " by itself, and an autoscaler would fight it");
        refused = true;
      } else {
        out.print(text(policy));
      }
    }
    out.flush();
    err.flush();
    return refused ? 1 : 0;
  }

  private String text(PolicyDefinition policy) {
    String hpa = HpaText.of(policy, metric == Metric.object);
    String scaledObject = ScaledObjectText.of(policy, scalerAddress);
    return switch (output) {
      case hpa -> hpa;
      case scaledobject -> scaledObject;
      case both ->
          hpa
              + "# Or, where KEDA scales, instead of the HorizontalPodAutoscaler:\n"
              + scaledObject
                  .replaceAll("(?m)^", "# ")
                  .replaceAll("(?m)[ \t]+$", "")
                  .replaceFirst("# $", "");
    };
  }
}
