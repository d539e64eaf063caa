// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.get;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentscale.adapter.cluster.NoClusterException;
import io.agentscale.adapter.connection.ConnectionOptions;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
  public Integer call() {
    CommandSpec command = requireNonNull(spec);
    String path = path();
    PrintWriter out = command.commandLine().getOut();
    try (KubernetesClient client = connection.open()) {
      JsonNode answer = new ObjectMapper().readTree(answer(client, path));
      if (output == Output.json) {
        out.println(answer.toPrettyString());
      } else {
        ValueTable.print(answer, Instant.now(), out);
      }
      out.flush();
      return 0;
    } catch (KubernetesClientException e) {
      return failed(cause(e));
    } catch (NoClusterException e) {
      return failed("no adapter runs on this machine, and " + e.getMessage());
    } catch (NoSuchFileException e) {
      return failed(e.getFile() + ": no such file");
    } catch (IOException e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private int failed(String message) {
    requireNonNull(spec).commandLine().getErr().println("agentscale get: " + message);
    return 1;
  }

  /** Unlike {@code raw(path)}, which has nothing to say of what is not found, this fails then. */
  private static String answer(KubernetesClient client, String path) {
    return client.raw(path, "GET", null);
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

  /** The metrics APIs word a missing metric as Kubernetes does; why it is missing is a detail. */
  private static String details(@Nullable StatusDetails details) {
    return details == null
        ? ""
        : details.getCauses().stream()
            .map(cause -> ": " + cause.getMessage())
            .collect(Collectors.joining());
  }

  private static String cause(KubernetesClientException e) {
    if (e.getStatus() != null && e.getStatus().getMessage() != null) {
      return e.getStatus().getMessage() + details(e.getStatus().getDetails());
    }
    Throwable cause = e.getCause();
    // The client's own message is then that an error has occurred.
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }
}
