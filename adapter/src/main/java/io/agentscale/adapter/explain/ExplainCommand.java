// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.cluster.NoClusterException;
import io.agentscale.adapter.connection.ConnectionOptions;
import io.agentscale.adapter.connection.LocalKubeconfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a running adapter why a policy decided what it did. */
@Command(
    name = "explain",
    description = "Say why a scaling policy decided what it did.",
    footer = {
      "",
      "Examples:",
      "  agentscale explain asp/coder -n agent-prod --since 1h",
      "  agentscale explain asp/coder -n agent-prod -o json --ops-url http://127.0.0.1:8080",
      "",
      "Without --ops-url the adapter running on this machine is asked, or else, through the API",
      "server of the cluster, the Service agentscale in namespace agentscale-system."
    })
public final class ExplainCommand implements Callable<Integer> {
  private static final String KIND = "asp/";
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final String IN_CLUSTER =
      "/api/v1/namespaces/agentscale-system/services/http:agentscale:ops/proxy";

  enum Output {
    table,
    json
  }

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(paramLabel = "asp/NAME", description = "the policy")
  private String policy = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "namespace of the policy (default: ${DEFAULT-VALUE})",
      defaultValue = "default")
  private String namespace = "default";

  @Option(
      names = "--since",
      paramLabel = "SPAN",
      description = "how far back, such as 1h (default: the last 20 decisions)")
  private @Nullable String since;

  @Option(names = "--limit", paramLabel = "COUNT", description = "how many decisions at most")
  private @Nullable Integer limit;

  @Option(
      names = "--ops-url",
      paramLabel = "URL",
      description = "operations port of the adapter, such as http://127.0.0.1:8080")
  private @Nullable URI opsUrl;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
      defaultValue = "table")
  private Output output = Output.table;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    try {
      JsonNode answer = new JsonMapper().readTree(ask(path()));
      if (answer.has("error")) {
        return failed(answer.path("error").asText());
      }
      if (output == Output.json) {
        out.println(answer.toPrettyString());
      } else {
        ExplainTable.print(answer, Instant.now(), out);
      }
      out.flush();
      return 0;
    } catch (JsonProcessingException e) {
      return failed("the answer is no JSON: is --ops-url that of an adapter's operations port?");
    } catch (KubernetesClientException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (NoClusterException e) {
      return failed("no adapter runs on this machine, and " + e.getMessage());
    } catch (IOException e) {
      return failed("no answer: " + e);
    }
  }

  private String path() {
    if (!policy.startsWith(KIND) || policy.length() == KIND.length()) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(), "must be asp/NAME, was: " + policy);
    }
    StringBuilder path = new StringBuilder("/explain/");
    path.append(encoded(namespace)).append('/').append(encoded(policy.substring(KIND.length())));
    path.append('?');
    if (since != null) {
      path.append("since=").append(encoded(since)).append('&');
    }
    if (limit != null) {
      path.append("limit=").append(limit);
    }
    return path.toString();
  }

  private String ask(String path) throws IOException, InterruptedException {
    Optional<URI> local =
        Optional.ofNullable(opsUrl).or(() -> LocalKubeconfig.ofUser(System.getenv()).operations());
    if (local.isPresent()) {
      return get(local.get().toString().replaceFirst("/+$", "") + path);
    }
    try (KubernetesClient client = connection.open()) {
      return client.raw(IN_CLUSTER + path, "GET", null);
    }
  }

  private static String get(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(DEADLINE).build()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(DEADLINE).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private int failed(String message) {
    requireNonNull(spec).commandLine().getErr().println("agentscale explain: " + message);
    return 1;
  }
}
