// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.browser.RealBrowser;
import io.agentscale.adapter.explain.ExplainPage;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.adapter.ops.OperationsServer;
import io.agentscale.adapter.policy.PolicyBoard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dashboard that shows other numbers than the service has, or stale ones as new, misleads. */
final class DashboardIT {
  private static RealBrowser browser;

  private final PolicyBoard board = new PolicyBoard();
  private final BoardScene scene = new BoardScene(board);
  private final OkHttpClient client = new OkHttpClient();
  private OperationsServer server;

  @BeforeAll
  static void startBrowser() throws IOException {
    browser = RealBrowser.start();
  }

  @AfterAll
  static void stopBrowser() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server = serve(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private OperationsServer serve(int port) throws IOException {
    InstantSource clock = scene::now;
    return OperationsServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        new MetricsExporter(),
        Optional::empty,
        Map.of("explain", new ExplainPage(board, clock), "dashboard", new DashboardPage(board)));
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }

  private JsonNode api(String path) throws IOException {
    Request request = new Request.Builder().url(url(path).toString()).build();
    try (Response response = client.newCall(request).execute()) {
      return new JsonMapper().readTree(response.body().string());
    }
  }

  @Test
  void list_showsWhatTheApiSays() throws IOException {
    scene.decide("coder", 30);
    scene.decide("reviewer", 30);

    browser.open(url("/dashboard"));
    browser.await("document.querySelectorAll('#policies tbody tr').length === 2");

    JsonNode first = api("/explain").path("policies").get(0);
    assertThat(cell(1, 0))
        .isEqualTo(first.path("namespace").asText() + "/" + first.path("name").asText());
    assertThat(cell(1, 1)).isEqualTo(first.path("target").asText());
    assertThat(cell(1, 4)).isEqualTo(first.path("served").asText());
    assertThat(cell(1, 5))
        .isEqualTo(first.path("replicas").asText() + " → " + first.path("decided").asText());
    assertThat(browser.complaints()).isEmpty();
  }

  private static String cell(int row, int column) {
    return browser.text(
        "document.querySelectorAll('#policies tbody tr')[%d].children[%d].textContent"
            .formatted(row - 1, column));
  }

  @Test
  void policy_showsDecisionsAndCharts_andFollowsThem() throws IOException {
    scene.decide("coder", 40);
    browser.open(url("/dashboard#agent-prod/coder"));
    browser.await("document.querySelectorAll('#decisions tbody tr').length === 40");
    browser.await("document.querySelectorAll('#demand canvas, #replicas canvas').length === 2");

    JsonNode newest = api("/explain/agent-prod/coder").path("decisions").path(19);
    assertThat(
            browser.text("document.querySelector('#decisions tbody tr').children[3].textContent"))
        .isEqualTo(newest.path("served").path("demand").asText());
    assertThat(
            browser.text("document.querySelector('#decisions tbody tr').children[1].textContent"))
        .isEqualTo(newest.path("replicas").asText() + " → " + newest.path("decided").asText());
    assertThat(browser.text("document.querySelector('#conditions tbody').textContent"))
        .contains("Ready");

    scene.decide("coder", 1);
    browser.await("document.querySelectorAll('#decisions tbody tr').length === 41");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void server_goneAndBack_isSaidAndForgotten() throws IOException {
    scene.decide("coder", 5);
    browser.open(url("/dashboard"));
    browser.await("document.getElementById('state').textContent.startsWith('As of')");
    int port = server.address().getPort();

    server.close();
    browser.await("document.getElementById('state').textContent.startsWith('No answer')");
    assertThat(browser.text("document.getElementById('state').textContent"))
        .contains("what is shown is as of");
    assertThat(browser.text("document.querySelectorAll('#policies tbody tr').length"))
        .isEqualTo("1");

    server = serve(port);
    browser.await("document.getElementById('state').textContent.startsWith('As of')");
  }

  @Test
  void keyboard_reachesEverything() {
    scene.decide("coder", 20);
    browser.open(url("/dashboard"));
    browser.await("document.querySelectorAll('#policies tbody a').length === 1");

    browser.evaluate("document.getElementById('filter').focus()");
    browser.press("Tab");
    assertThat(browser.text("document.activeElement.textContent")).isEqualTo("agent-prod/coder");
    browser.press("Enter");
    browser.await("document.querySelectorAll('#demand canvas').length === 1");
    assertThat(browser.text("document.activeElement.id")).isEqualTo("policy-heading");

    browser.press("Tab");
    assertThat(browser.text("document.activeElement.getAttribute('role')")).isEqualTo("img");
    browser.press("ArrowRight");
    browser.await("document.querySelector('#demand .chart-values').textContent.includes('live')");

    browser.press("Escape");
    browser.await("!document.getElementById('list').hidden");
    assertThat(browser.text("document.activeElement.id")).isEqualTo("filter");
  }

  @Test
  void hostileText_isShownAsText() {
    scene.decideHostile("<img src=x onerror=alert(1)></script>");

    browser.open(url("/dashboard#agent-prod/hostile"));
    browser.await("document.querySelectorAll('#decisions tbody tr').length > 0");

    assertThat(browser.text("document.querySelector('#policy').textContent"))
        .contains("<img src=x onerror=alert(1)>");
    assertThat(browser.text("document.querySelectorAll('#policy img').length")).isEqualTo("0");
  }

  @Test
  void fiveHundredPolicies_areAllThere_andCanBeFiltered() {
    for (int i = 0; i < 500; i++) {
      scene.decide("agent-" + i, 3);
    }
    browser.open(url("/dashboard"));
    browser.await("document.querySelectorAll('#policies tbody tr').length === 500");

    browser.evaluate(
        "(() => { const f = document.getElementById('filter'); f.value = 'agent-49';"
            + " f.dispatchEvent(new Event('input')); })()");
    browser.await("document.querySelectorAll('#policies tbody tr').length === 11");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void page_fetchesNothingFromOutside_inLightAndDark() {
    scene.decide("coder", 10);
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(scheme);
      browser.open(url("/dashboard#agent-prod/coder"));
      browser.await("document.querySelectorAll('#demand canvas').length === 1");
    }

    assertThat(browser.requested())
        .allMatch(
            address ->
                address.startsWith("http://127.0.0.1:")
                    || address.startsWith("data:")
                    || address.startsWith("about:"));
  }
}
