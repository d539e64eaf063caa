// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.wire.ApiObject;
import io.agentscale.apiservice.wire.ProtobufWriter;
import java.io.IOException;
import java.util.List;

/**
 * The document of all API groups.
 *
 * @param groups served
 * @param serverAddress where the server answers, {@code host:port}; the host may be left out
 */
public record ApiGroupList(List<ServedGroup> groups, String serverAddress) implements ApiObject {

  @Override
  public String apiVersion() {
    return "v1";
  }

  @Override
  public String kind() {
    return "APIGroupList";
  }

  @Override
  public void writeProtobuf(ProtobufWriter out) {
    for (ServedGroup group : groups) {
      out.message(
          1,
          nested -> {
            ApiGroup.writeBody(nested, group);
            nested.message(
                4,
                address -> {
                  address.string(1, "0.0.0.0/0");
                  address.string(2, serverAddress);
                });
          });
    }
  }

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", "APIGroupList");
    json.writeArrayFieldStart("groups");
    for (ServedGroup group : groups) {
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
