// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import io.agentscale.apiservice.wire.TaggedContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The OpenAPI documents, versions 2 and 3. They describe shapes, not single metrics, and so never
 * change while the program runs.
 */
public final class OpenApiDocuments {
  private static final String V3 = "/openapi/v3";

  private final Map<String, TaggedContent> byPath = new HashMap<>();

  public OpenApiDocuments() {
    byPath.put("/openapi/v2", TaggedContent.of("application/json", resource("openapi-v2.json")));
    List<String> index = new ArrayList<>();
    for (ServedGroup group : ServedGroup.all(false)) {
      for (String version : group.versions()) {
        byte[] body = resource("openapi-v3-" + group.name() + "-" + version + ".json");
        String path = "/apis/" + group.name() + "/" + version;
        byPath.put(V3 + path, TaggedContent.of("application/json", body));
        index.add(indexEntry(path, TaggedContent.digest(body)));
      }
    }
    String entries = index.stream().collect(Collectors.joining(",", "{\"paths\":{", "}}"));
    byPath.put(V3, TaggedContent.json(entries));
  }

  /** Clients keep a document for ever under the digest in its URL. */
  private static String indexEntry(String path, String digest) {
    return "\"%s\":{\"serverRelativeURL\":\"%s%s?hash=%s\"}"
        .formatted(path.substring(1), V3, path, digest);
  }

  /** Returns the document at a path. */
  public Optional<TaggedContent> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  public Set<String> paths() {
    return Set.copyOf(byPath.keySet());
  }

  private static byte[] resource(String name) {
    try (InputStream stream = OpenApiDocuments.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("missing from the jar: " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
