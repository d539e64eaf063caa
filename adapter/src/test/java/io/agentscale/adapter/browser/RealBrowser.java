// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * A page in the real headless Chromium of Debian's package, driven over the DevTools protocol: what
 * it shows, what it asks for, what it complains of.
 */
public final class RealBrowser implements AutoCloseable {
  private static final String PROGRAM = "chromium";
  private static final int PATIENCE_SECONDS = 60;
  private static final String LISTENING = "DevTools listening on ";

  private final JsonMapper mapper = new JsonMapper();
  private final Process process;
  private final Path profile;
  private final OkHttpClient client = new OkHttpClient();
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requested = new CopyOnWriteArrayList<>();

  private RealBrowser(Process process, Path profile, URI endpoint) throws IOException {
    this.process = process;
    this.profile = profile;
    String base = "http://" + endpoint.getHost() + ":" + endpoint.getPort();
    Request list = new Request.Builder().url(base + "/json/list").build();
    String page;
    try (Response response = client.newCall(list).execute()) {
      page = mapper.readTree(response.body().string()).get(0).get("webSocketDebuggerUrl").asText();
    }
    this.socket = client.newWebSocket(new Request.Builder().url(page).build(), new Incoming());
    Stream.of("Page", "Runtime", "Network", "Log").forEach(domain -> send(domain + ".enable"));
  }

  /** Starts a browser; skips the test where the program is not installed, unless in CI. */
  public static RealBrowser start() throws IOException {
    boolean installed = Files.isExecutable(Path.of("/usr/bin/" + PROGRAM));
    if (System.getenv("CI") != null) {
      assertThat(installed).as("Debian package chromium is installed").isTrue();
    }
    assumeTrue(installed, "skipped: needs the Debian package chromium");
    Path profile = Files.createTempDirectory("agentscale-browser");
    Process process =
        new ProcessBuilder(
                PROGRAM,
                "--headless",
                // Containers run tests as root, where Chromium's own sandbox does not start.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--window-size=1200,1400",
                "about:blank")
            .redirectErrorStream(true)
            .start();
    return new RealBrowser(process, profile, endpoint(process));
  }

  private static URI endpoint(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return URI.create(line.substring(LISTENING.length()));
      }
    }
    throw new IOException("Chromium ended before it listened");
  }

  /** Shows a page, whole; what another one complained of is forgotten. */
  public void open(URI page) {
    send("Page.navigate", "url", "about:blank");
    complaints.clear();
    send("Page.navigate", "url", page.toString());
    await("document.readyState === 'complete' && location.href.startsWith('" + page + "')");
  }

  /** Returns what an expression comes to; a promise is waited for. */
  public JsonNode evaluate(String expression) {
    ObjectNode parameters =
        mapper
            .createObjectNode()
            .put("expression", expression)
            .put("awaitPromise", true)
            .put("returnByValue", true);
    JsonNode answer = send("Runtime.evaluate", parameters);
    assertThat(answer.has("exceptionDetails")).as("%s: %s", expression, answer).isFalse();
    return answer.path("result").path("value");
  }

  /** Returns what an expression comes to, as text. */
  public String text(String expression) {
    return evaluate(expression).asText();
  }

  /** Waits until an expression is true. */
  public void await(String condition) {
    evaluate(
        """
        new Promise((resolve, reject) => {
          const begun = Date.now();
          const look = () => {
            let holds = false;
            try { holds = (%s); } catch (e) { holds = false; }
            if (holds) resolve(true);
            else if (Date.now() - begun > 30000) reject(new Error("not within 30 s"));
            else setTimeout(look, 20);
          };
          look();
        })"""
            .formatted(condition));
  }

  /** Presses and releases a key, such as {@code Tab} or {@code ArrowRight}. */
  public void press(String key) {
    for (String type : List.of("keyDown", "keyUp")) {
      ObjectNode event = mapper.createObjectNode().put("type", type).put("key", key);
      event.put("windowsVirtualKeyCode", KEY_CODES.getOrDefault(key, 0));
      if (key.equals("Enter") && type.equals("keyDown")) {
        event.put("text", "\r");
      }
      send("Input.dispatchKeyEvent", event);
    }
  }

  private static final Map<String, Integer> KEY_CODES =
      Map.of("Tab", 9, "Enter", 13, "Escape", 27, "ArrowLeft", 37, "ArrowRight", 39);

  /** Chooses the colours a reader prefers: {@code light} or {@code dark}. */
  public void prefer(String scheme) {
    ObjectNode parameters = mapper.createObjectNode();
    parameters
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", scheme);
    send("Emulation.setEmulatedMedia", parameters);
  }

  /** Returns the page as a PNG. */
  public byte[] screenshot() {
    return Base64.getDecoder().decode(send("Page.captureScreenshot").path("data").asText());
  }

  /** Returns the page as it would be printed, as a PDF. */
  public byte[] print() {
    return Base64.getDecoder().decode(send("Page.printToPDF").path("data").asText());
  }

  /** Returns errors and warnings the page has written to the console, and uncaught exceptions. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Returns every address asked for. */
  public List<String> requested() {
    return List.copyOf(requested);
  }

  private JsonNode send(String method) {
    return send(method, mapper.createObjectNode());
  }

  private JsonNode send(String method, String name, String value) {
    return send(method, mapper.createObjectNode().put(name, value));
  }

  private JsonNode send(String method, ObjectNode parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    pending.put(id, answer);
    ObjectNode command = mapper.createObjectNode().put("id", id).put("method", method);
    command.set("params", parameters);
    socket.send(command.toString());
    try {
      JsonNode message = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message.path("error").isMissingNode()).as("%s: %s", method, message).isTrue();
      return message.path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + ": no answer from Chromium", e);
    }
  }

  /** What the browser tells. */
  private final class Incoming extends WebSocketListener {
    @Override
    public void onMessage(WebSocket from, String text) {
      JsonNode message = parse(text);
      if (message.has("id")) {
        Optional.ofNullable(pending.remove(message.get("id").asInt()))
            .ifPresent(answer -> answer.complete(message));
        return;
      }
      JsonNode parameters = message.path("params");
      switch (message.path("method").asText()) {
        case "Network.requestWillBeSent" ->
            requested.add(parameters.path("request").path("url").asText());
        case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
        case "Runtime.consoleAPICalled" ->
            addUnlessTalk(parameters.path("type").asText(), parameters);
        case "Log.entryAdded" ->
            addUnlessTalk(parameters.path("entry").path("level").asText(), parameters);
        default -> {}
      }
    }

    private void addUnlessTalk(String level, JsonNode parameters) {
      if (level.equals("error") || level.equals("warning") || level.equals("assert")) {
        complaints.add(parameters.toString());
      }
    }

    @Override
    public void onFailure(
        WebSocket from, Throwable failure, @org.jspecify.annotations.Nullable Response response) {
      pending.values().forEach(answer -> answer.completeExceptionally(failure));
    }
  }

  private JsonNode parse(String text) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(text, e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.cancel();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
