// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import static java.util.Objects.requireNonNull;

import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.yaml.InvalidYamlException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a configuration whose rules are native where that changes no answer. */
@Command(
    name = "migrate",
    description = "Print the equivalent native configuration of a file of rules.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:the configuration was printed",
      " 1:the file is invalid",
      " 2:the command line was not understood"
    },
    footer = {
      "",
      "A native rule needs no discovery and is asked for all objects at once. Rules without an",
      "equal are kept, each with the reason. Comments of the file are not carried over.",
      "",
      "Example:",
      "  agentscale rules migrate config.yaml > adapter.yaml"
    })
final class MigrateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "configuration, ours or prometheus-adapter's")
  private @Nullable Path file;

  @Option(
      names = "--without-selectors",
      description =
          "no request comes with a metric label selector: convert rules that aggregate as well")
  private boolean withoutSelectors;

  @Override
  public Integer call() {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    PrintWriter err = requireNonNull(spec).commandLine().getErr();
    Path read = requireNonNull(file);
    try {
      Path directory = Optional.ofNullable(read.toAbsolutePath().getParent()).orElse(read);
      String text = Files.readString(read);
      AdapterConfig config = AdapterConfig.parse(read.toString(), directory, text);
      out.print(
          NativeFile.of(
              read.toString(),
              text,
              config.rules(),
              ResourceMapper.wellKnown(),
              !withoutSelectors));
      out.flush();
      return 0;
    } catch (InvalidYamlException e) {
      err.println(e.getMessage());
    } catch (NoSuchFileException e) {
      err.println(e.getMessage() + ": no such file");
    } catch (IOException e) {
      err.println(read + ": cannot be read as UTF-8 text: " + e.getMessage());
    }
    err.flush();
    return 1;
  }
}
