// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import static java.util.Objects.requireNonNull;

import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.rules.RuleBackend;
import io.agentscale.adapter.rules.command.SeriesExplanation.Verdict;
import io.agentscale.adapter.sample.FreshCache;
import io.agentscale.adapter.prometheus.QuestionListener;
import io.agentscale.adapter.serve.PrometheusServers;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a file of rules would expose, ask and leave out. */
@Command(
    name = "check",
    description = "Lint rules, list what they expose, show the PromQL of a request.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:the file is valid; warnings alone change nothing without --strict",
      " 1:the file is invalid, Prometheus could not be asked, what --for asks for is not exposed,"
          + " or --strict and a warning",
      " 2:the command line was not understood"
    },
    footer = {
      "",
      "Without a Prometheus a rule that names one metric is assumed to have its series.",
      "Kinds of objects are the commonly used ones; no cluster is asked.",
      "",
      "Examples:",
      "  agentscale rules check adapter.yaml",
      "  agentscale rules check adapter.yaml --prometheus-url http://prometheus:9090 --strict",
      "  agentscale rules check adapter.yaml --for 'pods/*/requests_per_second' -n shop",
      "  agentscale rules check adapter.yaml --series http_requests_total"
    })
final class CheckCommand implements Callable<Integer> {
  private static final FreshCache.Limits ASKED_ONCE =
      new FreshCache.Limits(
          Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(1), 1_000);

  enum Output {
    text,
    json
  }

  private final InstantSource clock = InstantSource.system();
  private final ResourceMapper kinds = ResourceMapper.wellKnown();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "configuration, ours or prometheus-adapter's")
  private @Nullable Path file;

  @Option(
      names = "--prometheus-url",
      paramLabel = "URL",
      description = "ask this Prometheus which series exist, over that of the file")
  private @Nullable URI prometheusUrl;

  @Option(names = "--ask", description = "ask the Prometheus of the file which series exist")
  private boolean ask;

  @Option(
      names = "--for",
      paramLabel = "REQUEST",
      description = "show the PromQL for RESOURCE/NAME/METRIC or external/METRIC")
  private @Nullable String question;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "of the request of --for (default: ${DEFAULT-VALUE})",
      defaultValue = "default")
  private String namespace = "default";

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description = "metric label selector of the request of --for",
      defaultValue = "")
  private String selector = "";

  @Option(
      names = "--names",
      split = ",",
      paramLabel = "NAME",
      description = "the objects that * of --for stands for")
  private List<String> names = List.of();

  @Option(
      names = "--series",
      paramLabel = "NAME",
      description = "explain what each rule makes of a series")
  private @Nullable String series;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
      defaultValue = "text")
  private Output output = Output.text;

  @Option(names = "--strict", description = "fail if there is a warning")
  private boolean strict;

  @Override
  public Integer call() {
    try {
      AdapterConfig loaded = AdapterConfig.load(requireNonNull(file));
      return check(prometheusUrl == null ? loaded : loaded.withPrometheusUrl(prometheusUrl));
    } catch (InvalidYamlException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return failed(e.getMessage() + ": no such file");
    } catch (IOException | IllegalArgumentException e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private int check(AdapterConfig config) {
    RuleListing listing = listing(config);
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    int code;
    if (question != null) {
      code = reply(question, listing, out);
    } else if (series != null) {
      code = explain(series, listing, out);
    } else {
      code = report(listing, out);
    }
    out.flush();
    return code;
  }

  private RuleListing listing(AdapterConfig config) {
    if (prometheusUrl == null && !ask) {
      return RuleListing.assumed(config.rules());
    }
    try (PrometheusServers servers =
        new PrometheusServers(config, QuestionListener.NONE, InstantSource.system())) {
      Map<String, RuleBackend> backends = new HashMap<>();
      servers
          .byName()
          .forEach((name, one) -> backends.put(name, new RuleBackend(one, clock, ASKED_ONCE)));
      return RuleListing.asked(config.rules(), backends, clock.instant());
    }
  }

  private int report(RuleListing listing, PrintWriter out) {
    CheckReport report = CheckReport.of(listing, kinds);
    switch (output) {
      case text -> CheckText.print(report, out);
      case json -> CheckJson.print(report, out);
    }
    return report.failed() || (strict && !report.warnings().isEmpty()) ? 1 : 0;
  }

  private int reply(String asked, RuleListing listing, PrintWriter out) {
    MetricQuestion request =
        MetricQuestion.parse(asked, namespace, LabelSelector.parse(selector), names);
    Optional<MetricQuestion.Reply> reply = request.reply(listing.registry(kinds), kinds);
    if (reply.isEmpty()) {
      return failed(
          asked
              + ": no rule is known to expose it; see `rules check` for what is, and --series for"
              + " why a series is not");
    }
    switch (output) {
      case text -> CheckText.print(request, reply.get(), out);
      case json -> CheckJson.print(request, reply.get(), out);
    }
    return listing.failed() ? 1 : 0;
  }

  private int explain(String name, RuleListing listing, PrintWriter out) {
    List<Verdict> verdicts = SeriesExplanation.of(name, listing, kinds);
    switch (output) {
      case text -> CheckText.print(verdicts, out);
      case json -> CheckJson.print(verdicts, out);
    }
    return listing.failed() ? 1 : 0;
  }

  private int failed(String message) {
    PrintWriter err = requireNonNull(spec).commandLine().getErr();
    err.println(message);
    err.flush();
    return 1;
  }
}
