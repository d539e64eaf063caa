// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.get;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentscale.adapter.connection.ConnectionOptions;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the metrics APIs for values and prints them as a table or as the server's own JSON. */
@Command(
    name = "get",
    description = "Ask a running adapter for the values of a metric.",
    footer = {
      "",
      "Examples:",
      "  agentscale get pods '*' agent_concurrency -n agent-prod -l app=coder",
      "  agentscale get deployments.apps coder request_latency -n agent-prod",
      "  agentscale get external agent_queue_depth -n agent-prod"
    })
public final class GetCommand implements Callable<Integer> {
  private static final String EXTERNAL = "external";

  enum Output {
    table,
    json
  }

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(
      arity = "2..3",
      paramLabel = "RESOURCE NAME METRIC | external METRIC",
      description =
          "kind of object, an object's name or '*' for all, and the metric; or 'external' and the"
              + " metric")
  private List<String> what = List.of();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description =
          "namespace of the objects (default: ${DEFAULT-VALUE}; '' for cluster-scoped ones)",
      defaultValue = "default")
  private String namespace = "default";

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description = "labels of the objects, or of the series for an external metric")
  private String selector = "";

  @Option(
      names = "--metric-selector",
      paramLabel = "SELECTOR",
      description = "labels of the series behind an object's metric")
  private String metricSelector = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
      defaultValue = "table")
  private Output output = Output.table;

  @Override
  public Integer call() throws IOException {
    CommandSpec command = requireNonNull(spec);
    String path = path();
    PrintWriter out = command.commandLine().getOut();
    try (KubernetesClient client = connection.open()) {
      JsonNode answer = new ObjectMapper().readTree(client.raw(path, "GET", null));
      if (output == Output.json) {
        out.println(answer.toPrettyString());
      } else {
        ValueTable.print(answer, Instant.now(), out);
      }
      out.flush();
      return 0;
    } catch (KubernetesClientException e) {
      command.commandLine().getErr().println("agentscale get: " + cause(e));
      return 1;
    }
  }

  private String path() {
    if (what.getFirst().equals(EXTERNAL) && what.size() == 2) {
      return "/apis/external.metrics.k8s.io/v1beta1/namespaces/"
          + segment(namespace)
          + "/"
          + segment(what.get(1))
          + query("labelSelector", selector);
    }
    if (what.size() != 3) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(),
          "must be RESOURCE NAME METRIC or external METRIC, was: " + String.join(" ", what));
    }
    String object =
        "/" + segment(what.get(0)) + "/" + segment(what.get(1)) + "/" + segment(what.get(2));
    String scope = namespace.isEmpty() ? "" : "/namespaces/" + segment(namespace);
    String labels = query("labelSelector", selector);
    String series = query("metricLabelSelector", metricSelector);
    return "/apis/custom.metrics.k8s.io/v1beta2"
        + scope
        + object
        + (labels.isEmpty() ? series : labels + series.replace('?', '&'));
  }

  private static String query(String key, String value) {
    return value.isEmpty() ? "" : "?" + key + "=" + URLEncoder.encode(value, UTF_8);
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static String cause(KubernetesClientException e) {
    Status status = e.getStatus();
    if (status == null || status.getMessage() == null) {
      Throwable cause = e.getCause();
      return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + " (" + cause + ")";
    }
    List<StatusCause> causes =
        status.getDetails() == null ? List.of() : status.getDetails().getCauses();
    return Stream.concat(
            Stream.of(status.getMessage()), causes.stream().map(StatusCause::getMessage))
        .distinct()
        .filter(text -> !status.getMessage().contains(text) || text.equals(status.getMessage()))
        .collect(Collectors.joining(": "));
  }
}
