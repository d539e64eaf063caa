// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.wire.Document;
import java.io.IOException;
import java.util.List;

/**
 * The document at {@code /}, and the body of a 404 outside the API groups: what paths there are.
 */
public record PathList(List<String> paths) implements Document {
  public PathList {
    paths = paths.stream().sorted().toList();
  }

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("paths");
    for (String path : paths) {
      json.writeString(path);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
