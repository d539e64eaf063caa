// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * fabric8's objects in memory, with server-side apply and with the owners of fields: a patch is
 * worked out by {@link ManagedFields} and then stored as fabric8 stores a replacement, which checks
 * resource versions, keeps status and spec apart and counts generations. What changes in the end is
 * told to watches of our own; fabric8's are web sockets.
 */
final class ApplyingDispatcher extends KubernetesCrudDispatcher {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern MANAGER = Pattern.compile("fieldManager=([^&]*)");
  private static final String STATUS = "/status";
  private static final String ADMINISTRATOR = "kubectl";

  private final Map<WatchEvents, AttributeSet> watches = new ConcurrentHashMap<>();

  /** Opens a watch, which begins with all objects that there are. */
  synchronized WatchEvents watch(String uri) {
    AttributeSet selected = getKey(uri);
    WatchEvents events = new WatchEvents();
    synchronized (map) {
      map.forEach(
          (attributes, object) -> {
            if (attributes.matches(selected)) {
              events.tell(event("ADDED", object));
            }
          });
    }
    watches.put(events, selected);
    return events;
  }

  /** Ends a watch. */
  void end(WatchEvents watch) {
    watches.remove(watch);
    watch.end();
  }

  @Override
  public void processEvent(
      String path,
      AttributeSet ofPath,
      @Nullable AttributeSet before,
      @Nullable GenericKubernetesResource resource,
      @Nullable String after) {
    String old = before == null ? null : map.get(before);
    super.processEvent(path, ofPath, before, resource, after);
    if (Objects.equals(old, after)) {
      return;
    }
    AttributeSet now = after == null ? null : attributes(ofPath, after);
    watches.forEach(
        (watch, selected) -> {
          boolean was = before != null && before.matches(selected);
          boolean is = now != null && now.matches(selected);
          if (was || is) {
            watch.tell(event(was ? is ? "MODIFIED" : "DELETED" : "ADDED", is ? after : old));
          }
        });
  }

  private AttributeSet attributes(AttributeSet ofPath, String object) {
    return AttributeSet.merge(ofPath, getAttributeExtractor().fromResource(object));
  }

  private static String event(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}";
  }

  /** Returns an object, if there is one. */
  Optional<ObjectNode> read(String path) {
    MockResponse found = handleGet(path);
    return found.code() == 200 ? Optional.of(object(found.getBody())) : Optional.empty();
  }

  /** Creates or replaces an object, as an administrator. */
  synchronized void put(String path, ObjectNode object) {
    fieldsOf(ADMINISTRATOR, "").own(object);
    stored(path, store(path, object, read(path).isPresent()));
  }

  /** Changes an object, as an administrator. */
  synchronized void edit(String path, ObjectNode patch) {
    ObjectNode present = read(path).orElseThrow();
    stored(path, store(path, fieldsOf(ADMINISTRATOR, "").merge(present, patch), true));
  }

  private static void stored(String path, MockResponse done) {
    if (done.code() >= 300) {
      throw new IllegalStateException(path + ": HTTP " + done.code());
    }
  }

  // One write at a time, so that nothing changes between a patch's reading and its storing.
  @Override
  public synchronized MockResponse handleCreate(RecordedRequest request) {
    return super.handleCreate(request);
  }

  @Override
  public synchronized MockResponse handleUpdate(RecordedRequest request) {
    return super.handleUpdate(request);
  }

  @Override
  public synchronized MockResponse handleDelete(String path) {
    return super.handleDelete(path);
  }

  @Override
  public synchronized MockResponse handlePatch(RecordedRequest request) {
    String type = request.getHeader("Content-Type");
    boolean isApply = type.startsWith("application/apply-patch+yaml");
    return isApply || type.startsWith("application/merge-patch+json")
        ? patch(request, isApply)
        : super.handlePatch(request);
  }

  private MockResponse patch(RecordedRequest request, boolean isApply) {
    String path = request.getPath().replaceFirst("\\?.*", "");
    boolean isStatus = path.endsWith(STATUS);
    ObjectNode patch = object(request.getBody());
    Optional<ObjectNode> present = read(path);
    Optional<String> manager = manager(request.getPath());
    if (isApply && manager.isEmpty()) {
      return refused(400, "fieldManager is required for apply patch");
    }
    if (present.isEmpty() && (isStatus || !isApply)) {
      return refused(404, path + " not found");
    }
    if (isStale(present, patch)) {
      return refused(409, "the object has been modified");
    }
    ManagedFields fields = fieldsOf(manager.orElse("unknown"), isStatus ? "status" : "");
    ObjectNode before = present.orElseGet(() -> named(patch));
    try {
      boolean force = request.getPath().contains("force=true");
      ObjectNode after = isApply ? fields.apply(before, patch, force) : fields.merge(before, patch);
      return store(path, after, present.isPresent());
    } catch (ManagedFields.ConflictException e) {
      return refused(409, e.getMessage());
    }
  }

  private static Optional<String> manager(String uri) {
    Matcher found = MANAGER.matcher(uri);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static boolean isStale(Optional<ObjectNode> present, ObjectNode patch) {
    JsonNode version = patch.at("/metadata/resourceVersion");
    return !version.isMissingNode()
        && !present.map(p -> p.at("/metadata/resourceVersion")).equals(Optional.of(version));
  }

  private MockResponse store(String path, ObjectNode object, boolean exists) {
    return exists
        ? super.handleUpdate(request(HttpMethod.PUT, path, object))
        : super.handleCreate(
            request(HttpMethod.POST, path.substring(0, path.lastIndexOf('/')), object));
  }

  private static RecordedRequest request(HttpMethod method, String path, ObjectNode object) {
    Headers headers = Headers.builder().add("Content-Type", "application/json").build();
    Buffer body = new Buffer().writeUtf8(object.toString());
    return new RecordedRequest("HTTP/1.1", method, path, headers, body);
  }

  /** What an apply does not own: which object it is. */
  private static ObjectNode named(ObjectNode applied) {
    ObjectNode named = applied.deepCopy().retain("apiVersion", "kind", "metadata");
    named.withObject("/metadata").retain("name", "namespace");
    return named;
  }

  private static ManagedFields fieldsOf(String manager, String subresource) {
    return new ManagedFields(manager, Instant.now().toString(), subresource);
  }

  private static ObjectNode object(Buffer body) {
    try {
      return (ObjectNode) JSON.readTree(body.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MockResponse refused(int code, String message) {
    ObjectNode status = JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
    status.put("status", "Failure").put("code", code).put("message", message);
    return new MockResponse().setResponseCode(code).setBody(status.toString());
  }
}
