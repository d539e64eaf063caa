// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.wire.Document;
import java.io.IOException;

/** The document of one API group. */
public record ApiGroup(ServedGroup group) implements Document {

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", "APIGroup");
    json.writeStringField("apiVersion", "v1");
    writeBody(json, group);
    json.writeEndObject();
  }

  static void writeBody(JsonGenerator json, ServedGroup group) throws IOException {
    json.writeStringField("name", group.name());
    json.writeArrayFieldStart("versions");
    for (String version : group.versions()) {
      writeVersion(json, group, version);
    }
    json.writeEndArray();
    json.writeFieldName("preferredVersion");
    writeVersion(json, group, group.versions().getFirst());
  }

  private static void writeVersion(JsonGenerator json, ServedGroup group, String version)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("groupVersion", group.name() + "/" + version);
    json.writeStringField("version", version);
    json.writeEndObject();
  }
}
