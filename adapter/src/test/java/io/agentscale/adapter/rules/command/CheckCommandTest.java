// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.agentscale.adapter.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whoever moves a production configuration believes what the check says of it. */
final class CheckCommandTest {
  private static final String RULES =
      """
      rules:
      - seriesQuery: 'http_requests_total{namespace!="",pod!="",container!="POD"}'
        resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}}}
        name: {matches: "^(.*)_total$", as: "${1}_per_second"}
        metricsQuery: 'sum(rate(<<.Series>>{<<.LabelMatchers>>}[2m])) by (<<.GroupBy>>)'
      - seriesQuery: '{__name__=~"^app_.*",pod!=""}'
        seriesFilters: [{isNot: "^app_debug"}]
        resources: {template: "<<.Resource>>"}
        metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)'
      externalRules:
      - seriesQuery: 'jobs_total'
        onEmpty: zero
        metricsQuery: 'sum(<<.Series>>{}) by (<<.GroupBy>>)'
      """;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutPrometheus_listsWhatRulesSayOfThemselves() throws IOException {
    assertThat(check(RULES)).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" {2,}", "  ")))
        .startsWith(
            "METRIC  RESOURCE  RULE  SERIES",
            "http_requests_per_second  namespaces  line 2  http_requests_total (assumed)",
            "http_requests_per_second  pods  line 2  http_requests_total (assumed)",
            "jobs_total  external  line 11  jobs_total (assumed)")
        .anyMatch(line -> line.contains(":6:3: rule `") && line.contains("give --prometheus-url"));
  }

  @Test
  void lint_namesEachTrapAndOnlyThose() throws IOException {
    assertThat(check(RULES, "--strict")).isEqualTo(1);
    assertThat(out.toString().lines().filter(line -> line.contains("warning: ")))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains(":11:3:", "<<.GroupBy>> is empty in an external"),
            line -> assertThat(line).contains(":2:3:", "asks for container!=\"POD\""),
            line -> assertThat(line).contains(":6:3:", "asks for pod!=\"\""),
            line -> assertThat(line).contains(":11:3:", "onEmpty: zero"),
            line -> assertThat(line).contains(":11:3:", "does not use <<.LabelMatchers>>"),
            line -> assertThat(line).contains(":11:3:", "jobs_total is a counter"));
  }

  @Test
  void strict_withoutWarnings_isFine() throws IOException {
    String clean =
        RULES.substring(0, RULES.indexOf("- seriesQuery: '{")).replace(",container!=\"POD\"", "");

    assertThat(check(clean, "--strict")).isZero();
    assertThat(out.toString()).doesNotContain("warning");
  }

  @Test
  void request_showsTheQueryOfBothModes() throws IOException {
    assertThat(
            check(
                RULES,
                "--for",
                "pods/*/http_requests_per_second",
                "-n",
                "shop",
                "-l",
                "app.kubernetes.io/name=x",
                "--names",
                "web.0,web.1"))
        .isZero();
    assertThat(out.toString())
        .contains(
            "sum(rate(http_requests_total{app_kubernetes_io_name=\"x\",namespace=\"shop\","
                + "pod=~\"web\\\\.0|web\\\\.1\"}[2m])) by (pod)\n",
            "with compat: true: sum(rate(http_requests_total{app.kubernetes.io/name=\"x\","
                + "namespace=\"shop\",pod=~\"web.0|web.1\"}[2m])) by (pod)\n",
            "the label pod of a row names the pod")
        .doesNotContain("made up");
  }

  @Test
  void request_forAll_saysThatNamesAreMadeUp() throws IOException {
    assertThat(check(RULES, "--for", "pods/*/http_requests_per_second")).isZero();
    assertThat(out.toString()).contains("pod=~\"name-1|name-2\"", "The names are made up");
    assertThat(check(RULES, "--for", "external/jobs_total", "-o", "json")).isZero();
    assertThat(out.toString()).contains("\"query\" : \"sum(jobs_total{}) by ()\"");
  }

  @Test
  void request_forWhatIsNotExposed_fails() throws IOException {
    assertThat(check(RULES, "--for", "pods/*/nothing")).isEqualTo(1);
    assertThat(err.toString()).contains("pods/*/nothing: no rule is known to expose it");
    assertThat(check(RULES, "--for", "nothing")).isEqualTo(1);
    assertThat(err.toString()).contains("--for: must be RESOURCE/NAME/METRIC");
  }

  @Test
  void series_isExplainedByEachRule() throws IOException {
    assertThat(check(RULES, "--series", "app_debug_x")).isZero();
    assertThat(out.toString())
        .contains(
            "not exposed: its name does not match __name__=\"http_requests_total\" of seriesQuery",
            "not exposed: seriesFilters[0] isNot: ^app_debug refuses it");
    assertThat(check(RULES, "--series", "app_x")).isZero();
    assertThat(out.toString()).contains("exposed as pods/app_x by its label pod (assumed");
  }

  @Test
  void invalidFile_isRefusedWithEveryProblem() throws IOException {
    assertThat(check("rules:\n- seriesQuery: 'q'\n- metricsQuery: 'x'\n")).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "rules.yaml:2:3: rules[0].metricsQuery: is required",
            "rules.yaml:3:3: rules[1].seriesQuery: is required");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void withPrometheus_listsWhatExists_andFailsByRule() throws IOException {
    HttpServer prometheus =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    prometheus.createContext(
        "/",
        exchange -> {
          String asked =
              exchange.getRequestURI()
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean known = URLDecoder.decode(asked, StandardCharsets.UTF_8).contains("^app_");
          byte[] body =
              (known
                      ? "{\"status\":\"success\",\"data\":[{\"__name__\":\"app_x\",\"pod\":\"p\"},"
                          + "{\"__name__\":\"app_y\",\"color\":\"red\"}]}"
                      : "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no luck\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(known ? 200 : 400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    prometheus.start();
    try {
      String url = "http://127.0.0.1:" + prometheus.getAddress().getPort();
      assertThat(check(RULES, "--prometheus-url", url, "-o", "json")).isEqualTo(1);
      JsonNode report = new ObjectMapper().readTree(out.toString());
      assertThat(report.path("metrics")).hasSize(1);
      assertThat(report.path("metrics").get(0).path("metric").asText()).isEqualTo("app_x");
      assertThat(report.path("metrics").get(0).path("assumed").asBoolean()).isFalse();
      assertThat(report.path("unlisted")).hasSize(2);
      assertThat(report.path("unlisted").get(0).path("message").asText()).contains("no luck");
      assertThat(report.path("remarks").get(0).path("message").asText())
          .contains("app_y: none of its labels names an object: [color]");

      check("prometheus: {url: '" + url + "'}\n" + RULES, "--ask", "--series", "app_y");
      assertThat(out.toString())
          .contains("would be called app_y, but none of its labels names an object: [color]");
    } finally {
      prometheus.stop(0);
    }
  }

  private int check(String rules, String... arguments) throws IOException {
    Path file = Files.writeString(directory.resolve("rules.yaml"), rules);
    out.getBuffer().setLength(0);
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 3];
    all[0] = "rules";
    all[1] = "check";
    all[2] = file.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return command.execute(all);
  }
}
