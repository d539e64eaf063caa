// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.controlplane.TestControlPlane;
import io.agentscale.adapter.controlplane.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A cluster, its Prometheus, the service before both, and a client that may ask it. */
final class Scene implements AutoCloseable {
  /** The caller is known by a bearer token, as curl or a scraper is. */
  static final String AUTHENTICATION = "bearer token from a token file, allowed by name";

  static final String TOKEN = "bench-token";

  /** What the autoscaler sends, but for compression. */
  private static final String HEADERS =
      String.join(
          "\r\n",
          "Authorization: Bearer " + TOKEN,
          "Accept: application/vnd.kubernetes.protobuf,application/json",
          "");

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final ScriptedPrometheus prometheus;
  private final List<AutoCloseable> others;
  private final Service service;
  private final Load load;
  private final Duration firstAnswer;

  private Scene(
      ScriptedPrometheus prometheus,
      List<AutoCloseable> others,
      Service service,
      Load load,
      Duration firstAnswer) {
    this.prometheus = prometheus;
    this.others = others;
    this.service = service;
    this.load = load;
    this.firstAnswer = firstAnswer;
  }

  /**
   * Starts everything and waits for the first answered metric.
   *
   * @param extra further flags of the service's JVM
   */
  static Scene start(Path directory, Cluster cluster, Load.Pace pace, List<String> extra)
      throws IOException, GeneralSecurityException, InterruptedException {
    Files.writeString(directory.resolve("objects.yaml"), cluster.manifests());
    Files.writeString(directory.resolve("tokens.csv"), TOKEN + ",bench,1\n");
    String local =
        """
        objects: {file: objects.yaml}
        server: {listen: 127.0.0.1, auth: {tokenFile: tokens.csv, allow: [bench]}}
        """;
    return start(directory, cluster, pace, local, extra, Map.of(), List.of());
  }

  /**
   * Does the same as a pod of a cluster, whose control plane says who may ask and what pods there
   * are.
   */
  static Scene inCluster(Path directory, Cluster cluster, Load.Pace pace, List<String> extra)
      throws IOException, GeneralSecurityException, InterruptedException {
    TestPki pki = new TestPki();
    TestControlPlane controlPlane = new TestControlPlane(pki);
    controlPlane.put(
        "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication",
        pki.configMap());
    controlPlane.review(
        "tokenreviews", _ -> json("{\"authenticated\":true,\"user\":{\"username\":\"b\"}}"));
    controlPlane.review("subjectaccessreviews", _ -> json("{\"allowed\":true}"));
    for (int pod = 0; pod < cluster.podsEach(); pod++) {
      String name = Cluster.pod(0, pod);
      controlPlane.put(
          "/api/v1/namespaces/team-0/pods/" + name,
          "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"team-0\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\",\"labels\":{\"all\":\"yes\"}}}"
              .formatted(name));
    }
    Map<String, String> environment = new HashMap<>(controlPlane.serviceAccount(directory));
    List<String> flags = new ArrayList<>(extra);
    // A pod has no kubeconfig, which whoever runs this may have.
    environment.put("HOME", directory.toString());
    flags.add("-Duser.home=" + directory);
    String server = "server: {listen: 127.0.0.1}\n";
    return start(directory, cluster, pace, server, flags, environment, List.of(controlPlane));
  }

  private static Scene start(
      Path directory,
      Cluster cluster,
      Load.Pace pace,
      String server,
      List<String> extra,
      Map<String, String> environment,
      List<AutoCloseable> others)
      throws IOException, GeneralSecurityException, InterruptedException {
    ScriptedPrometheus prometheus = new ScriptedPrometheus(cluster);
    Files.writeString(directory.resolve("config.yaml"), server + config(prometheus.url()));
    long started = System.nanoTime();
    Service service = Service.adapter(directory, extra, environment);
    Load load = new Load(trustingAll(), service.port(), HEADERS, pace);
    Scene scene = new Scene(prometheus, others, service, load, Duration.ZERO);
    while (!answers(load)) {
      if (!service.isAlive() || System.nanoTime() - started > START_LIMIT.toNanos()) {
        scene.close();
        throw new IllegalStateException("no answer, see " + directory.resolve("adapter.log"));
      }
      Thread.sleep(5);
    }
    Duration firstAnswer = Duration.ofNanos(System.nanoTime() - started);
    return new Scene(prometheus, others, service, load, firstAnswer);
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SSLContext trustingAll() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, new TrustManager[] {new TrustingAll()}, null);
    return context;
  }

  ScriptedPrometheus prometheus() {
    return prometheus;
  }

  Service service() {
    return service;
  }

  Load load() {
    return load;
  }

  /** Returns the time from starting the process to its first answered metric. */
  Duration firstAnswer() {
    return firstAnswer;
  }

  @Override
  public void close() {
    service.close();
    prometheus.close();
    try {
      for (AutoCloseable other : others) {
        other.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("the scene could not be cleared", e);
    }
  }

  static String selected(int namespace, String metric, String selector) {
    return "/apis/custom.metrics.k8s.io/v1beta2/namespaces/%s/pods/*/%s?labelSelector=%s"
        .formatted(Cluster.namespace(namespace), metric, selector);
  }

  static String named(int namespace, int pod, String metric) {
    return "/apis/custom.metrics.k8s.io/v1beta2/namespaces/%s/pods/%s/%s"
        .formatted(Cluster.namespace(namespace), Cluster.pod(namespace, pod), metric);
  }

  static String external(int namespace) {
    return "/apis/external.metrics.k8s.io/v1beta1/namespaces/"
        + Cluster.namespace(namespace)
        + "/queue_length";
  }

  private static boolean answers(Load load) {
    try {
      return load.once(named(0, 0, "runs_in_flight")) == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static String config(String prometheusUrl) {
    return """
        prometheus: {url: "%s"}
        ops: {listen: 127.0.0.1}
        rules:
        - seriesQuery: 'runs_in_flight{namespace!="",pod!=""}'
          resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}}}
          metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)'
        - seriesQuery: 'tokens_waiting{namespace!="",pod!=""}'
          resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}}}
          metricsQuery: 'sum(rate(<<.Series>>{<<.LabelMatchers>>}[2m])) by (<<.GroupBy>>)'
        - seriesQuery: '{__name__=~"^wide_.*",namespace!="",pod!=""}'
          resources: {template: "<<.Resource>>"}
          metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)'
        externalRules:
        - seriesQuery: 'queue_length{namespace!=""}'
          resources: {overrides: {namespace: {resource: namespace}}}
          metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>})'
        """
        .formatted(prometheusUrl);
  }

  private static final class TrustingAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
