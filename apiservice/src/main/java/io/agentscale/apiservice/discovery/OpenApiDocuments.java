// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.agentscale.apiservice.wire.TaggedContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The OpenAPI documents, versions 2 and 3. They describe shapes, not single metrics, and so never
 * change while the same groups are served. Each is read when it is first asked for.
 */
public final class OpenApiDocuments {
  private static final String V2 = "/openapi/v2";
  private static final String V3 = "/openapi/v3";
  private static final String JSON = "application/json";

  private final boolean withResource;

  /** The resource file behind the document of each group and version, by its path. */
  private final Map<String, String> files = new LinkedHashMap<>();

  private final Map<String, TaggedContent> documents = new ConcurrentHashMap<>();

  /**
   * Creates the documents.
   *
   * @param withResource whether {@code metrics.k8s.io} is served
   */
  public OpenApiDocuments(boolean withResource) {
    this.withResource = withResource;
    for (ServedGroup group : ServedGroup.all(withResource)) {
      for (String version : group.versions()) {
        files.put(
            V3 + "/apis/" + group.name() + "/" + version,
            "openapi-v3-" + group.name() + "-" + version + ".json");
      }
    }
  }

  /** Returns the document at a path. */
  public Optional<TaggedContent> at(String path) {
    return paths().contains(path)
        ? Optional.of(documents.computeIfAbsent(path, this::document))
        : Optional.empty();
  }

  public Set<String> paths() {
    Set<String> paths = new TreeSet<>(files.keySet());
    paths.add(V2);
    paths.add(V3);
    return paths;
  }

  private TaggedContent document(String path) {
    return switch (path) {
      case V2 -> TaggedContent.of(JSON, versionTwo());
      case V3 -> TaggedContent.json(index());
      default -> TaggedContent.of(JSON, resource(files.getOrDefault(path, path)));
    };
  }

  /** Clients keep a document for ever under the digest in its URL. */
  private String index() {
    return files.entrySet().stream()
        .map(
            entry ->
                "\"%s\":{\"serverRelativeURL\":\"%s?hash=%s\"}"
                    .formatted(
                        entry.getKey().substring(V3.length() + 1),
                        entry.getKey(),
                        TaggedContent.digest(resource(entry.getValue()))))
        .collect(Collectors.joining(",", "{\"paths\":{", "}}"));
  }

  private byte[] versionTwo() {
    byte[] always = resource("openapi-v2.json");
    return withResource ? merged(always, resource("openapi-v2-metrics.k8s.io.json")) : always;
  }

  /** Adds to each object of the first document the fields of the same object of the other. */
  private static byte[] merged(byte[] document, byte[] addition) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonFactory factory = new JsonFactory();
    try (JsonParser parser = factory.createParser(document);
        JsonGenerator out = factory.createGenerator(bytes)) {
      parser.nextToken();
      out.writeStartObject();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        out.writeFieldName(field);
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          out.writeStartObject();
          copyFields(parser, out);
          copyFieldsOf(addition, field, out);
          out.writeEndObject();
        } else {
          out.copyCurrentEvent(parser);
        }
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a document of our own is no JSON", e);
    }
    return bytes.toByteArray();
  }

  private static void copyFieldsOf(byte[] document, String wanted, JsonGenerator out)
      throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(document)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(wanted);
        parser.nextToken();
        if (found) {
          copyFields(parser, out);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  /** From the start of an object, to its end. */
  private static void copyFields(JsonParser parser, JsonGenerator out) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      out.copyCurrentStructure(parser);
    }
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
