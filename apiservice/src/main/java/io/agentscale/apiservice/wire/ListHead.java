// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What every list of values begins with. */
final class ListHead {
  private ListHead() {}

  /** Writes up to and including the bracket that opens the items. */
  static void write(JsonGenerator json, ApiObject list) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", list.kind());
    json.writeStringField("apiVersion", list.apiVersion());
    json.writeObjectFieldStart("metadata");
    json.writeEndObject();
    json.writeArrayFieldStart("items");
  }
}
