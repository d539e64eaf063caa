// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.wire.Document;
import java.io.IOException;

/**
 * The document of all API groups.
 *
 * @param serverAddress where the server answers, {@code host:port}; the host may be left out
 */
public record ApiGroupList(String serverAddress) implements Document {

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", "APIGroupList");
    json.writeArrayFieldStart("groups");
    for (ServedGroup group : ServedGroup.ALL) {
      json.writeStartObject();
      ApiGroup.writeBody(json, group);
      json.writeArrayFieldStart("serverAddressByClientCIDRs");
      json.writeStartObject();
      json.writeStringField("clientCIDR", "0.0.0.0/0");
      json.writeStringField("serverAddress", serverAddress);
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
