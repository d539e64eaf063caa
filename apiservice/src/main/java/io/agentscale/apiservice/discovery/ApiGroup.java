// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.wire.ApiObject;
import io.agentscale.apiservice.wire.ProtobufWriter;
import java.io.IOException;

/** The document of one API group. */
public record ApiGroup(ServedGroup group) implements ApiObject {

  @Override
  public String apiVersion() {
    return "v1";
  }

  @Override
  public String kind() {
    return "APIGroup";
  }

  @Override
  public void writeProtobuf(ProtobufWriter out) {
    writeBody(out, group);
  }

  static void writeBody(ProtobufWriter out, ServedGroup group) {
    out.string(1, group.name());
    for (String version : group.versions()) {
      out.message(2, nested -> writeVersion(nested, group, version));
    }
    out.message(3, nested -> writeVersion(nested, group, group.versions().getFirst()));
  }

  private static void writeVersion(ProtobufWriter out, ServedGroup group, String version) {
    out.string(1, group.name() + "/" + version);
    out.string(2, version);
  }

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
