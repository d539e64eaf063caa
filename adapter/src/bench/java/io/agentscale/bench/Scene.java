// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A cluster, its Prometheus, the service before both, and a client that may ask it. */
final class Scene implements AutoCloseable {
  /** The caller is known by a bearer token, as curl or a scraper is. */
  static final String AUTHENTICATION = "bearer token from a token file, allowed by name";

  /** What the autoscaler sends, but for compression. */
  private static final String HEADERS =
      "Authorization: Bearer bench-token\r\n"
          + "Accept: application/vnd.kubernetes.protobuf,application/json\r\n";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final ScriptedPrometheus prometheus;
  private final Service service;
  private final Load load;
  private final Duration firstAnswer;

  private Scene(ScriptedPrometheus prometheus, Service service, Load load, Duration firstAnswer) {
    this.prometheus = prometheus;
    this.service = service;
    this.load = load;
    this.firstAnswer = firstAnswer;
  }

  /**
   * Starts everything and waits for the first answered metric.
   *
   * @param extra further flags of the service's JVM
   */
  static Scene start(Path directory, Cluster cluster, List<String> extra)
      throws IOException, GeneralSecurityException, InterruptedException {
    ScriptedPrometheus prometheus = new ScriptedPrometheus(cluster);
    Files.writeString(directory.resolve("objects.yaml"), cluster.manifests());
    Files.writeString(directory.resolve("tokens.csv"), "bench-token,bench,1\n");
    Files.writeString(directory.resolve("config.yaml"), config(prometheus.url()));
    long started = System.nanoTime();
    Service service = Service.adapter(directory, extra);
    Load load = new Load(trustingAll(), service.port(), HEADERS);
    while (!answers(load)) {
      if (!service.isAlive() || System.nanoTime() - started > START_LIMIT.toNanos()) {
        service.close();
        prometheus.close();
        throw new IllegalStateException("no answer, see " + directory.resolve("adapter.log"));
      }
      Thread.sleep(5);
    }
    return new Scene(prometheus, service, load, Duration.ofNanos(System.nanoTime() - started));
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
        objects: {file: objects.yaml}
        server: {listen: 127.0.0.1, auth: {tokenFile: tokens.csv, allow: [bench]}}
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
