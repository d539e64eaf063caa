// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An API server as far as an extension server sees it: a store with resource versions and watches,
 * server-side apply with field ownership, create that happens once, reviews, bearer tokens, and
 * RBAC by the roles we ship. Whatever they do not allow is 403, so that a missing permission fails
 * here as it would there.
 */
public final class TestControlPlane implements Cluster {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern LABEL_SELECTOR =
      Pattern.compile("labelSelector=([a-z./]+)=([a-z]+)");
  private static final Pattern RESOURCE_VERSION = Pattern.compile("resourceVersion=(\\d+)");

  /** A request as it arrived. */
  public record Call(String verb, String path, String query, String contentType, JsonNode body) {}

  private record Watch(Target target, String path, BlockingQueue<Optional<String>> events) {}

  private final HttpServer server;
  private final Optional<TestPki> pki;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong resourceVersion = new AtomicLong(100);
  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private static final String STATUS = "/status";
  private static final String MERGE = "application/merge-patch+json";

  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final Map<String, Function<JsonNode, JsonNode>> reviews = new ConcurrentHashMap<>();

  public final List<Call> calls = new CopyOnWriteArrayList<>();
  public final ShippedRoles roles = new ShippedRoles();
  public volatile String token = "service-account-token-1";
  public volatile Optional<Integer> failure = Optional.empty();
  public volatile boolean deaf;

  /** No request is answered before it is open. */
  public volatile CountDownLatch gate = new CountDownLatch(0);

  /** Resources whose kinds this cluster does not have, and those it lets nobody see. */
  public final Set<String> notInstalled = ConcurrentHashMap.newKeySet();

  public final Set<String> forbidden = ConcurrentHashMap.newKeySet();

  public TestControlPlane() {
    this(Optional.empty());
  }

  /** Its server is trusted by those who trust the client authority, as kubeadm's are. */
  public TestControlPlane(TestPki pki) {
    this(Optional.of(pki));
  }

  private TestControlPlane(Optional<TestPki> pki) {
    try {
      server = server(pki, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.pki = pki;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static HttpServer server(Optional<TestPki> pki, InetSocketAddress address)
      throws IOException {
    if (pki.isEmpty()) {
      return HttpServer.create(address, 0);
    }
    HttpsServer secure = HttpsServer.create(address, 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(pki.get().serverContext()));
    return secure;
  }

  @Override
  public String url() {
    String scheme = pki.isPresent() ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public String token() {
    return token;
  }

  /** Writes a kubeconfig of our service account. */
  public Path kubeconfig(Path directory) {
    return Kubeconfig.write(directory, url(), token);
  }

  /**
   * Writes what a pod finds of its service account, for a control plane with certificates.
   *
   * @return the environment that leads there
   */
  public Map<String, String> serviceAccount(Path directory) throws IOException {
    Path tokenFile = Files.writeString(directory.resolve("token"), token);
    Path authority =
        Files.writeString(
            directory.resolve("ca.crt"), pki.orElseThrow().clientAuthority.certificatePem());
    return Map.of(
        "KUBERNETES_SERVICE_HOST",
        "127.0.0.1",
        "KUBERNETES_SERVICE_PORT",
        Integer.toString(server.getAddress().getPort()),
        "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
        tokenFile.toString(),
        "KUBERNETES_CERTS_CA_FILE",
        authority.toString());
  }

  /** Answers a kind of review: from its spec to its status. */
  public void review(String resource, Function<JsonNode, JsonNode> status) {
    reviews.put(resource, status);
  }

  @Override
  public synchronized Optional<ObjectNode> read(String path) {
    return Optional.ofNullable(objects.get(path)).map(ObjectNode::deepCopy);
  }

  @Override
  public synchronized void put(String path, String json) {
    try {
      boolean existed = objects.containsKey(path);
      store(path, (ObjectNode) JSON.readTree(json), existed ? "MODIFIED" : "ADDED");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void edit(String path, String patch) {
    try {
      ObjectNode present = objects.get(path);
      store(
          path, fieldsOf("kubectl").merge(present, (ObjectNode) JSON.readTree(patch)), "MODIFIED");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces an object, and no watch tells of it. */
  public synchronized void putUnseen(String path, String json) {
    List<Watch> present = List.copyOf(watches);
    watches.clear();
    put(path, json);
    watches.addAll(present);
  }

  @Override
  public synchronized void delete(String path) {
    ObjectNode gone = objects.remove(path);
    if (gone != null) {
      tell(path, "DELETED", gone);
    }
  }

  /** Ends all watches, as a restarting API server does. */
  public void endWatches() {
    watches.forEach(watch -> watch.events.add(Optional.empty()));
  }

  /** Returns the calls of a verb on a path. */
  public List<Call> calls(String verb, String path) {
    return calls.stream().filter(call -> call.verb.equals(verb) && call.path.equals(path)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Target target = Target.of(exchange.getRequestMethod(), path, query);
      calls.add(
          new Call(
              target.verb,
              path,
              query,
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse(""),
              body.isEmpty() ? JSON.nullNode() : JSON.readTree(body)));
      if (deaf) {
        new LinkedBlockingQueue<String>().take();
      }
      gate.await();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (failure.isPresent()) {
        send(exchange, failure.get(), status(failure.get(), "told to fail"));
      } else if (!("Bearer " + token)
          .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        send(exchange, 401, status(401, "Unauthorized"));
      } else if (notInstalled.contains(target.resource)) {
        send(exchange, 404, status(404, "the server could not find the requested resource"));
      } else if (!path.equals("/apis") && !may(target, target.verb)) {
        send(exchange, 403, forbidden(target, target.verb));
      } else {
        answer(exchange, target, path, query, body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A status can be written of what exists only, and nothing but the status is written. */
  private synchronized void applyStatus(
      HttpExchange exchange, Target target, String path, ObjectNode applied) throws IOException {
    ObjectNode object = objects.get(path.substring(0, path.length() - STATUS.length()));
    if (object == null) {
      send(exchange, 404, status(404, target + " not found"));
      return;
    }
    object.set("status", applied.get("status"));
    send(exchange, 200, object);
  }

  private boolean may(Target target, String verb) {
    return !forbidden.contains(target.resource)
        && roles.allow(verb, target.group, target.resource, target.namespace, target.name);
  }

  private static JsonNode forbidden(Target target, String verb) {
    return status(
        403,
        target.resource
            + " is forbidden: User \"system:serviceaccount:agentscale-system:agentscale\" cannot "
            + verb
            + " resource \""
            + target.resource
            + "\" in API group \""
            + target.group
            + "\"");
  }

  private void answer(HttpExchange exchange, Target target, String path, String query, String body)
      throws IOException, InterruptedException {
    switch (target.verb) {
      case "watch" -> watch(exchange, target, path, query);
      case "list" -> send(exchange, 200, list(target, path, query));
      case "get" -> {
        Optional<ObjectNode> found = path.equals("/apis") ? Optional.of(groups()) : read(path);
        send(
            exchange,
            found.isPresent() ? 200 : 404,
            found.<JsonNode>map(f -> f).orElseGet(() -> status(404, target + " not found")));
      }
      case "create" -> create(exchange, target, path, (ObjectNode) JSON.readTree(body));
      case "patch" -> {
        ObjectNode applied = (ObjectNode) JSON.readTree(body);
        if (exchange.getRequestHeaders().getFirst("Content-Type").startsWith(MERGE)) {
          mergePatch(exchange, target, path, query, applied);
        } else if (target.resource.endsWith(STATUS)) {
          applyStatus(exchange, target, path, applied);
        } else {
          apply(exchange, target, path, query, applied);
        }
      }
      default -> send(exchange, 405, status(405, "method not allowed"));
    }
  }

  private static ObjectNode groups() {
    ObjectNode groups = JSON.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
    groups.putArray("groups");
    return groups;
  }

  private void create(HttpExchange exchange, Target target, String path, ObjectNode object)
      throws IOException {
    Function<JsonNode, JsonNode> review = reviews.get(target.resource);
    if (review != null) {
      JsonNode status = review.apply(object.path("spec"));
      object.set("status", status);
      send(exchange, 201, object);
      return;
    }
    String own = path + "/" + object.path("metadata").path("name").asText();
    synchronized (this) {
      if (objects.containsKey(own)) {
        send(exchange, 409, status(409, own + " already exists"));
        return;
      }
      store(own, object, "ADDED");
    }
    send(exchange, 201, object);
  }

  private synchronized void mergePatch(
      HttpExchange exchange, Target target, String path, String query, ObjectNode patch)
      throws IOException {
    ObjectNode present = objects.get(path);
    JsonNode expected = patch.path("metadata").path("resourceVersion");
    if (present == null) {
      send(exchange, 404, status(404, target + " not found"));
    } else if (!expected.isMissingNode()
        && !expected.equals(present.at("/metadata/resourceVersion"))) {
      send(exchange, 409, status(409, "the object has been modified"));
    } else {
      ObjectNode merged = fieldsOf(manager(query)).merge(present, patch);
      store(path, merged, "MODIFIED");
      send(exchange, 200, merged);
    }
  }

  private void apply(
      HttpExchange exchange, Target target, String path, String query, ObjectNode applied)
      throws IOException {
    if (!exchange
            .getRequestHeaders()
            .getFirst("Content-Type")
            .startsWith("application/apply-patch+yaml")
        || !query.contains("fieldManager=")) {
      send(exchange, 415, status(415, "no server-side apply"));
      return;
    }
    synchronized (this) {
      ObjectNode present = objects.get(path);
      if (present == null && !may(target, "create")) {
        send(exchange, 403, forbidden(target, "create"));
        return;
      }
      JsonNode expected = applied.path("metadata").path("resourceVersion");
      if (!expected.isMissingNode()
          && (present == null || !expected.equals(present.at("/metadata/resourceVersion")))) {
        send(exchange, 409, status(409, "the object has been modified"));
        return;
      }
      try {
        ObjectNode merged = applied(present, applied, query);
        store(path, merged, present == null ? "ADDED" : "MODIFIED");
        send(exchange, present == null ? 201 : 200, merged);
      } catch (ManagedFields.ConflictException e) {
        send(exchange, 409, status(409, e.getMessage()));
      } catch (IllegalArgumentException e) {
        send(exchange, 422, status(422, e.getMessage()));
      }
    }
  }

  private ObjectNode applied(@Nullable ObjectNode present, ObjectNode applied, String query) {
    ObjectNode from = present == null ? named(applied) : present;
    ObjectNode merged = fieldsOf(manager(query)).apply(from, applied, query.contains("force=true"));
    invalid(merged)
        .ifPresent(
            cause -> {
              throw new IllegalArgumentException(cause);
            });
    return merged;
  }

  /** What an apply does not own: which object it is. */
  private static ObjectNode named(ObjectNode applied) {
    ObjectNode named = applied.deepCopy();
    ObjectNode metadata = named.retain("apiVersion", "kind", "metadata").withObject("/metadata");
    metadata.retain("name", "namespace");
    return named;
  }

  private static String manager(String query) {
    return query.replaceFirst(".*fieldManager=([^&]*).*", "$1");
  }

  private static ManagedFields fieldsOf(String manager) {
    return new ManagedFields(manager, Instant.now().toString(), "");
  }

  private static Optional<String> invalid(ObjectNode object) {
    JsonNode spec = object.path("spec");
    return object.path("kind").asText().equals("APIService")
            && spec.path("insecureSkipTLSVerify").asBoolean()
            && !spec.path("caBundle").asText().isEmpty()
        ? Optional.of("spec.insecureSkipTLSVerify: may not be true if caBundle is present")
        : Optional.empty();
  }

  private void store(String path, ObjectNode object, String event) {
    ObjectNode metadata = object.withObject("/metadata");
    metadata.put("resourceVersion", Long.toString(resourceVersion.incrementAndGet()));
    metadata.put("uid", "uid-of-" + path.hashCode());
    objects.put(path, object);
    tell(path, event, object);
  }

  private void tell(String path, String type, ObjectNode object) {
    ObjectNode event = JSON.createObjectNode().put("type", type);
    event.set("object", object.deepCopy());
    watches.stream()
        .filter(watch -> watch.target.covers(path, watch.path))
        .forEach(watch -> watch.events.add(Optional.of(event.toString())));
  }

  private synchronized ObjectNode list(Target target, String path, String query) {
    ObjectNode list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
    list.putObject("metadata").put("resourceVersion", Long.toString(resourceVersion.get()));
    var items = list.putArray("items");
    objects.forEach(
        (at, object) -> {
          if (target.covers(at, path) && hasLabel(object, query)) {
            items.add(object.deepCopy());
          }
        });
    return list;
  }

  /** Knows selectors of one label and its value. */
  private static boolean hasLabel(ObjectNode object, String query) {
    Matcher selector = LABEL_SELECTOR.matcher(query);
    return !selector.find()
        || object
            .path("metadata")
            .path("labels")
            .path(selector.group(1))
            .asText()
            .equals(selector.group(2));
  }

  private void watch(HttpExchange exchange, Target target, String path, String query)
      throws IOException, InterruptedException {
    Watch watch = new Watch(target, path, new LinkedBlockingQueue<>());
    synchronized (this) {
      watches.add(watch);
      tellWhatWasMissed(watch, query);
    }
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    for (var event = watch.events.take(); event.isPresent(); event = watch.events.take()) {
      exchange.getResponseBody().write((event.get() + "\n").getBytes(UTF_8));
      exchange.getResponseBody().flush();
    }
    watches.remove(watch);
  }

  /** What was stored since the list that a watch continues; deletions in between are not kept. */
  private void tellWhatWasMissed(Watch watch, String query) {
    Matcher since = RESOURCE_VERSION.matcher(query);
    if (since.find()) {
      objects.forEach(
          (path, object) -> {
            long version = object.at("/metadata/resourceVersion").asLong();
            if (version > Long.parseLong(since.group(1)) && watch.target.covers(path, watch.path)) {
              ObjectNode event = JSON.createObjectNode().put("type", "MODIFIED");
              event.set("object", object.deepCopy());
              watch.events.add(Optional.of(event.toString()));
            }
          });
    }
  }

  private static JsonNode status(int code, String message) {
    return JSON.createObjectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("message", message)
        .put("code", code);
  }

  private static void send(HttpExchange exchange, int code, JsonNode json) throws IOException {
    byte[] body = json.toString().getBytes(UTF_8);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    endWatches();
    server.stop(0);
    threads.shutdownNow();
  }

  /** A request in the terms of RBAC. */
  private record Target(
      String verb, String group, String resource, String namespace, String name, String root) {
    static Target of(String method, String path, String query) {
      String[] parts = path.substring(1).split("/", -1);
      boolean core = parts[0].equals("api");
      int at = core ? 2 : 3;
      String group = core || parts.length < 2 ? "" : parts[1];
      String namespace = "";
      StringBuilder root = new StringBuilder();
      for (int i = 0; i < Math.min(at, parts.length); i++) {
        root.append('/').append(parts[i]);
      }
      root.append('/');
      if (parts.length > at + 2 && parts[at].equals("namespaces")) {
        namespace = parts[at + 1];
        at += 2;
      }
      String resource = parts.length > at ? parts[at] : "";
      String name = parts.length > at + 1 ? parts[at + 1] : "";
      if (parts.length > at + 2) {
        resource += "/" + parts[at + 2];
      }
      boolean named = !name.isEmpty() || resource.isEmpty();
      String selector = "fieldSelector=metadata.name=";
      if (query.contains(selector)) {
        name = query.substring(query.indexOf(selector) + selector.length()).replaceFirst("&.*", "");
      }
      return new Target(
          verb(method, named, query), group, resource, namespace, name, root.toString());
    }

    private static String verb(String method, boolean named, String query) {
      return switch (method) {
        case "GET" -> query.contains("watch=true") ? "watch" : named ? "get" : "list";
        case "POST" -> "create";
        case "PATCH" -> "patch";
        case "PUT" -> "update";
        default -> "delete";
      };
    }

    boolean covers(String object, String collection) {
      return object.startsWith(root)
          && object.contains("/" + resource + "/")
          && (!namespace.isEmpty() ? object.startsWith(collection) : true)
          && (name.isEmpty() || object.endsWith("/" + name));
    }
  }
}
