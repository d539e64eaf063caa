// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentscale.adapter.config.AdapterConfig.Auth;
import io.agentscale.adapter.config.AdapterConfig.BasicAuth;
import io.agentscale.adapter.config.AdapterConfig.ClientTls;
import io.agentscale.adapter.config.AdapterConfig.Ops;
import io.agentscale.adapter.config.AdapterConfig.Policies;
import io.agentscale.adapter.config.AdapterConfig.Presets;
import io.agentscale.adapter.config.AdapterConfig.Prometheus;
import io.agentscale.adapter.config.AdapterConfig.Scrape;
import io.agentscale.adapter.config.AdapterConfig.Server;
import io.agentscale.adapter.config.AdapterConfig.ServerTls;
import io.agentscale.adapter.policy.live.LeaseLeadership;
import io.agentscale.adapter.policy.live.LoopSettings;
import io.agentscale.adapter.rules.RuleSet;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.yaml.InvalidYamlException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A setting that is read wrongly, or silently ignored, is found out in production. */
final class AdapterConfigTest {
  private static final Path FOLDER = Path.of("/etc/agentscale");

  @Test
  void defaults_whereTheFileSaysNothing() {
    assertThat(parse("rules: []")).isEqualTo(AdapterConfig.DEFAULT);
    assertThat(parse("{rules: , ops: }")).isEqualTo(AdapterConfig.DEFAULT);
    assertThat(parse("prometheus: {url: 'http://p:9090'}").prometheus())
        .contains(
            new Prometheus(
                URI.create("http://p:9090"),
                Duration.ofMillis(3500),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                ClientTls.DEFAULT));
    assertThat(AdapterConfig.DEFAULT)
        .isEqualTo(
            new AdapterConfig(
                Optional.empty(),
                Map.of(),
                new Scrape(
                    Optional.empty(),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(15)),
                new Presets(
                    Set.of("agent_concurrency", "agent_tokens_per_minute", "agent_queue_depth"),
                    Duration.ofMinutes(1),
                    "pod",
                    "namespace"),
                Optional.empty(),
                new Server(
                    "0.0.0.0",
                    6443,
                    Optional.empty(),
                    Duration.ofSeconds(10),
                    new Auth(
                        Optional.empty(), false, Optional.empty(), Optional.empty(), List.of())),
                new Ops("0.0.0.0", 8080),
                new Doors(Optional.empty(), Optional.empty()),
                RuleMode.SAFE,
                RuleSet.EMPTY,
                new Policies(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new LoopSettings(
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(1)),
                    new LeaseLeadership.Place("agentscale-system", "agentscale"))));
  }

  @Test
  void everyKeyGiven_everyComponentHasItsValue() {
    AdapterConfig config =
        parse(
            """
            prometheus:
              url: https://prometheus:9090/prefix
              timeout: 2500ms
              headers: {X-Scope-OrgID: agents, X-Number: 7}
              basicAuth: {username: adapter, passwordFile: secrets/password}
              tls: {caFile: ca.pem, certFile: client.pem, keyFile: client.key}
            backends:
              mimir: {url: 'http://mimir:8080', bearerTokenFile: /run/token}
            scrape: {enabled: no, interval: 10s, timeout: 9s, staleAfter: 1m}
            presets:
              enabled: [agent_queue_depth]
              window: 2m
              podLabel: kubernetes_pod_name
              namespaceLabel: kubernetes_namespace
            objects: {file: objects.yaml}
            server:
              listen: 127.0.0.1
              port: 0
              tls: {certFile: serving.pem, keyFile: serving.key}
              requestTimeout: 1m30s
              auth:
                delegated: true
                tolerateLookupFailure: true
                tokenFile: tokens
                clientCaFile: clients.pem
                allow: [alice, 'system:hpa']
            ops: {listen: '::1', port: 9090}
            keda:
              listen: 127.0.0.1
              port: 1
              tls: {certFile: keda.pem, keyFile: keda.key, clientCaFile: keda-ca.pem}
              sharedNamespaces: [llm]
            otlp:
              listen: 127.0.0.2
              port: 2
              tls: {plaintext: true}
              auth:
                delegated: false
                tokenFile: pushers
                allow: {collector: [agents, '*']}
              staleAfter: 90s
              limits: {pods: 3, seriesPerPod: 4, series: 5, messageBytes: 4096}
            compat: true
            shadowVerify: true
            rules: [{seriesQuery: q, metricsQuery: up, backend: mimir}]
            externalRules: [{seriesQuery: q, metricsQuery: up}]
            resourceRules:
              cpu: {containerQuery: a, nodeQuery: b, containerLabel: c}
              memory: {containerQuery: a, nodeQuery: b, containerLabel: c}
            """);

    assertThat(config.prometheus())
        .contains(
            new Prometheus(
                URI.create("https://prometheus:9090/prefix"),
                Duration.ofMillis(2500),
                Map.of("X-Scope-OrgID", "agents", "X-Number", "7"),
                Optional.of(new BasicAuth("adapter", FOLDER.resolve("secrets/password"))),
                Optional.empty(),
                new ClientTls(
                    Optional.of(FOLDER.resolve("ca.pem")),
                    Optional.of(FOLDER.resolve("client.pem")),
                    Optional.of(FOLDER.resolve("client.key")))));
    assertThat(config.rules().shadowVerify()).isTrue();
    assertThat(config.backends().keySet()).containsExactly("mimir");
    assertThat(config.backends().values())
        .singleElement()
        .extracting(Prometheus::bearerTokenFile)
        .isEqualTo(Optional.of(Path.of("/run/token")));
    assertThat(config.scrape())
        .isEqualTo(
            new Scrape(
                Optional.of(false),
                Duration.ofSeconds(10),
                Duration.ofSeconds(9),
                Duration.ofMinutes(1)));
    assertThat(config.presets())
        .isEqualTo(
            new Presets(
                Set.of("agent_queue_depth"),
                Duration.ofMinutes(2),
                "kubernetes_pod_name",
                "kubernetes_namespace"));
    assertThat(config.objectsFile()).contains(FOLDER.resolve("objects.yaml"));
    assertThat(config.server())
        .isEqualTo(
            new Server(
                "127.0.0.1",
                0,
                Optional.of(
                    new ServerTls(FOLDER.resolve("serving.pem"), FOLDER.resolve("serving.key"))),
                Duration.ofSeconds(90),
                new Auth(
                    Optional.of(true),
                    true,
                    Optional.of(FOLDER.resolve("tokens")),
                    Optional.of(FOLDER.resolve("clients.pem")),
                    List.of("alice", "system:hpa"))));
    assertThat(config.ops()).isEqualTo(new Ops("::1", 9090));
    assertThat(config.doors().keda())
        .contains(
            new Doors.Keda(
                "127.0.0.1",
                1,
                new Doors.DoorTls(
                    false,
                    Optional.of(
                        new ServerTls(FOLDER.resolve("keda.pem"), FOLDER.resolve("keda.key"))),
                    Optional.of(FOLDER.resolve("keda-ca.pem"))),
                Set.of("llm")));
    assertThat(config.doors().otlp())
        .contains(
            new Doors.Otlp(
                "127.0.0.2",
                2,
                new Doors.DoorTls(true, Optional.empty(), Optional.empty()),
                new Doors.OtlpAuth(
                    Optional.of(false),
                    Optional.of(FOLDER.resolve("pushers")),
                    Map.of("collector", List.of("agents", "*"))),
                Duration.ofSeconds(90),
                new Doors.OtlpLimits(3, 4, 5, 4096)));
    assertThat(config.mode()).isEqualTo(RuleMode.COMPATIBLE);
    assertThat(config.rules().objectRules()).hasSize(1);
    assertThat(config.rules().externalRules()).hasSize(1);
    assertThat(config.rules().resourceRules()).isPresent();
  }

  @Test
  void doors_areClosed_untilTheirSectionIsThere() {
    assertThat(parse("{keda: , otlp: }").doors()).isEqualTo(Doors.CLOSED);
    assertThat(parse("{keda: {}, otlp: {}}").doors())
        .isEqualTo(
            new Doors(
                Optional.of(
                    new Doors.Keda(
                        "0.0.0.0",
                        9443,
                        new Doors.DoorTls(false, Optional.empty(), Optional.empty()),
                        Set.of())),
                Optional.of(
                    new Doors.Otlp(
                        "0.0.0.0",
                        4317,
                        new Doors.DoorTls(false, Optional.empty(), Optional.empty()),
                        new Doors.OtlpAuth(Optional.empty(), Optional.empty(), Map.of()),
                        Duration.ofSeconds(15),
                        new Doors.OtlpLimits(5_000, 64, 20_000, 1024 * 1024)))));
  }

  @Test
  void emptyListOfPresets_switchesThemAllOff() {
    assertThat(parse("presets: {enabled: []}").presets().enabled()).isEmpty();
  }

  /** One rejection; the message is given without the file's name. */
  record Refused(String yaml, String message) {
    @Override
    public String toString() {
      return yaml;
    }
  }

  static Stream<Refused> refused() {
    String url = "must be a URL such as https://prometheus:9090, without user, query or fragment";
    String duration = "must be a duration longer than zero such as 500ms, 15s, 1m30s or 14d";
    return Stream.of(
        new Refused("[]", "1:1: must be a mapping, was: a list"),
        new Refused("", "1:1: must be a mapping, was: empty"),
        new Refused("a: [", "1:5: not YAML: expected the node content, but found '<stream end>'"),
        new Refused("ops: {}\n---\nops: {}", "3:1: must be one document, was: 2"),
        new Refused("promtheus: {}", "1:1: promtheus: unknown key, did you mean prometheus?"),
        new Refused("ops: {}\nops: {}", "2:1: ops: given twice, first in line 1"),
        new Refused("prometheus: {}", "1:13: prometheus.url: is required"),
        new Refused("prometheus: {url: p:9090}", "1:19: prometheus.url: " + url + ", was: p:9090"),
        new Refused(
            "prometheus: {url: 'http://u:p@h'}",
            "1:19: prometheus.url: " + url + ", was: http://u:p@h"),
        new Refused(
            "prometheus: {url: 'http://p', timeout: 4}",
            "1:40: prometheus.timeout: " + duration + ", was: 4"),
        new Refused(
            "prometheus: {url: 'http://p', timeout: 0s}",
            "1:40: prometheus.timeout: " + duration + ", was: 0s"),
        new Refused(
            "prometheus: {url: 'http://p', headers: [a]}",
            "1:40: prometheus.headers: must be a mapping, was: a list"),
        new Refused(
            "prometheus: {url: 'http://p', headers: {a: [b]}}",
            "1:44: prometheus.headers.a: must be text, was: a list"),
        new Refused(
            "prometheus: {url: 'http://p', basicAuth: {username: u}}",
            "1:42: prometheus.basicAuth.passwordFile: is required"),
        new Refused(
            "prometheus: {url: 'http://p', basicAuth: {username: u, passwordFile: f},"
                + " bearerTokenFile: t}",
            "1:13: prometheus: must have basicAuth or bearerTokenFile, was: both"),
        new Refused(
            "prometheus: {url: 'http://p', tls: {certFile: c}}",
            "1:36: prometheus.tls: certFile, keyFile: must be given together"),
        new Refused(
            "backends: {mimir: {url: ftp://x}}",
            "1:25: backends.mimir.url: " + url + ", was: ftp://x"),
        new Refused(
            "scrape: {enabled: 'true'}", "1:19: scrape.enabled: must be true or false, was: true"),
        new Refused(
            "scrape: {timeout: 6s}",
            "1:9: scrape: timeout: must not be longer than interval, was: PT6S > PT5S"),
        new Refused(
            "scrape: {staleAfter: 4s}",
            "1:9: scrape: staleAfter: must not be shorter than interval, was: PT4S < PT5S"),
        new Refused(
            "presets: {enabled: [concurrency]}",
            "1:21: presets.enabled[0]: must be one of agent_concurrency,"
                + " agent_tokens_per_minute, agent_queue_depth, was: concurrency"),
        new Refused(
            "presets: {podLabel: a-b}",
            "1:21: presets.podLabel: must be a label of Prometheus, was: a-b"),
        new Refused("objects: {}", "1:10: objects.file: is required"),
        new Refused(
            "server: {port: 65536}",
            "1:16: server.port: must be a whole number from 0 to 65535, was: 65536"),
        new Refused(
            "server: {port: '80'}",
            "1:16: server.port: must be a whole number from 0 to 65535, was: 80"),
        new Refused(
            "server: {listen: ''}",
            "1:18: server.listen: must be text that is not empty," + " was: empty"),
        new Refused("server: {tls: {certFile: a}}", "1:15: server.tls.keyFile: is required"),
        new Refused(
            "server: {auth: {allow: alice}}",
            "1:24: server.auth.allow: must be a list, was: alice"),
        new Refused(
            "keda: {tls: {plaintext: true, clientCaFile: c}}",
            "1:13: keda.tls: plaintext: must be false where there are certificates, was: true"),
        new Refused(
            "keda: {tls: {certFile: c}}",
            "1:13: keda.tls: certFile, keyFile: must be given together"),
        new Refused("otlp: {staleAfter: 0s}", "1:20: otlp.staleAfter: " + duration + ", was: 0s"),
        new Refused(
            "otlp: {limits: {pods: 0}}",
            "1:23: otlp.limits.pods: must be a whole number from 1 to 1000000, was: 0"),
        new Refused(
            "otlp: {limits: {messageBytes: 5000000}}",
            "1:31: otlp.limits.messageBytes: must be a whole number from 1024 to 4194304,"
                + " was: 5000000"),
        new Refused(
            "otlp: {auth: {allow: {collector: agents}}}",
            "1:34: otlp.auth.allow.collector: must be a list, was: agents"),
        new Refused("otlp: {ports: 1}", "1:8: otlp.ports: unknown key, did you mean port?"),
        new Refused("compat: maybe", "1:9: compat: must be true or false, was: maybe"),
        new Refused("rules: {}", "1:8: rules: must be a list, was: a mapping"),
        new Refused("rules: [a]", "1:9: rules[0]: must be a mapping, was: a"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Refused c) {
    assertThat(problems(c.yaml())).isEqualTo("adapter.yaml:" + c.message());
  }

  @Test
  void severalProblems_areReportedTogetherInFileOrder() {
    assertThat(
            problems(
                """
                server: {port: http}
                prometheus:
                  timeout: soon
                  basicAuth: {user: u}
                rules:
                - seriesQuery: q
                  metricsQuery: 'sum('
                - seriesQuery: ''
                """))
        .isEqualTo(
            """
            adapter.yaml:1:16: server.port: must be a whole number from 0 to 65535, was: http
            adapter.yaml:3:3: prometheus.url: is required
            adapter.yaml:3:12: prometheus.timeout: must be a duration longer than zero such as \
            500ms, 15s, 1m30s or 14d, was: soon
            adapter.yaml:4:14: prometheus.basicAuth.username: is required
            adapter.yaml:4:14: prometheus.basicAuth.passwordFile: is required
            adapter.yaml:4:15: prometheus.basicAuth.user: unknown key, known are: username, \
            passwordFile
            adapter.yaml:7:17: rules[0].metricsQuery: PromQL, character 5: expected an expression, \
            was: the end, in: sum(
            adapter.yaml:8:3: rules[1].metricsQuery: is required
            adapter.yaml:8:16: rules[1].seriesQuery: must be text that is not empty, was: empty""");
  }

  @Test
  void load_relativePathsAreRelativeToTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("adapter.yaml"), "objects: {file: o.yaml}");

    assertThat(AdapterConfig.load(file).objectsFile()).contains(folder.resolve("o.yaml"));
  }

  private static AdapterConfig parse(String yaml) {
    return AdapterConfig.parse("adapter.yaml", FOLDER, yaml);
  }

  private static String problems(String yaml) {
    return String.valueOf(
        catchThrowableOfType(InvalidYamlException.class, () -> parse(yaml)).getMessage());
  }
}
