// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.provider.ObjectUsage;
import io.agentscale.apiservice.provider.UsageQuery.Kind;
import java.io.IOException;
import java.util.List;

/**
 * What many objects use: {@code PodMetricsList} or {@code NodeMetricsList}.
 *
 * @param of what kind of objects
 * @param items one an object
 */
public record UsageList(Kind of, List<ObjectUsage> items) implements ApiObject {
  public UsageList {
    items = List.copyOf(items);
  }

  @Override
  public String apiVersion() {
    return UsageDocument.API_VERSION;
  }

  @Override
  public String kind() {
    return of.document() + "List";
  }

  @Override
  public void writeProtobuf(ProtobufWriter out) {
    out.listMeta(1);
    items.forEach(item -> out.message(2, new UsageDocument(item)::writeProtobuf));
  }

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    ListHead.write(json, this);
    for (ObjectUsage item : items) {
      json.writeStartObject();
      new UsageDocument(item).writeFields(json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
