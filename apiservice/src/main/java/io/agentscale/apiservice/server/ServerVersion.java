// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.wire.Document;
import java.io.IOException;

/**
 * What {@code /version} answers.
 *
 * @param version such as {@code v0.1.0}; empty if unknown
 * @param commit source revision; empty if unknown
 */
public record ServerVersion(String version, String commit) implements Document {
  public static final ServerVersion UNKNOWN = new ServerVersion("", "");

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("major", "1");
    json.writeStringField("minor", "0");
    json.writeStringField("gitVersion", version);
    json.writeStringField("gitCommit", commit);
    json.writeStringField("gitTreeState", "");
    json.writeStringField("buildDate", "");
    json.writeStringField("goVersion", "");
    json.writeStringField("compiler", "");
    json.writeStringField("platform", "");
    json.writeEndObject();
  }
}
