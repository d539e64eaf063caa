// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

import io.agentscale.simulations.workload.fit.WorkloadFit.Fitted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fits a pod model to a load test and prints it with its errors. */
@Command(
    name = "fit",
    description = {
      "Fits a pod model to a load test: a CSV with the columns concurrency, mean_ms and,",
      "where measured, success, p99_ms and requests_per_second."
    })
final class FitCommand implements Callable<Integer> {
  enum Form {
    text,
    yaml
  }

  @Parameters(paramLabel = "TABLE", description = "The CSV file.")
  private @Nullable Path table;

  @Option(
      names = "--cores",
      defaultValue = "2",
      description = "Cores of the pod (default: ${DEFAULT-VALUE}).")
  private double cores;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text (default), or yaml: the model as a scenario reads it.")
  private Form form = Form.text;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandSpec command = required(spec);
    PrintWriter out = command.commandLine().getOut();
    Fitted fitted = fit(required(table), command);
    out.print(form == Form.yaml ? FitText.yaml(fitted) : FitText.table(fitted));
    out.flush();
    return 0;
  }

  private Fitted fit(Path file, CommandSpec command) throws IOException {
    try {
      return new WorkloadFit(cores, MeasuredTable.read(file)).fit();
    } catch (NoSuchFileException e) {
      throw new ParameterException(command.commandLine(), file + ": no such file", e);
    } catch (InvalidTableException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), file + ": " + e.getMessage(), e);
    }
  }

  private static <T> T required(@Nullable T setByPicocli) {
    if (setByPicocli == null) {
      throw new IllegalStateException("picocli sets what it is asked for");
    }
    return setByPicocli;
  }
}
