// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.wire.Document;
import io.agentscale.apiservice.wire.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Puts a reply on the wire. */
final class ReplyWriter {
  private ReplyWriter() {}

  static void write(Request request, Response response, Callback callback, Reply reply) {
    response.setStatus(reply.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Audit-Id", AuditId.of(request.getHeaders().get("Audit-Id")));
    headers.put(HttpHeader.CACHE_CONTROL, "no-cache, private");
    byte[] body =
        switch (reply) {
          case Reply.OfDocument(_, Document document) -> {
            headers.put(HttpHeader.CONTENT_TYPE, "application/json");
            yield Json.render(document, isForPeople(request));
          }
          case Reply.OfText(_, String text) -> {
            headers.put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
            headers.put("X-Content-Type-Options", "nosniff");
            yield text.getBytes(StandardCharsets.UTF_8);
          }
        };
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    boolean withBody = !HttpMethod.HEAD.is(request.getMethod());
    response.write(true, withBody ? ByteBuffer.wrap(body) : null, callback);
  }

  /** As the reference: on demand, or for the programs people look through. */
  private static boolean isForPeople(Request request) {
    String asked;
    try {
      asked = QueryParameters.parse(request.getHttpURI().getQuery()).text("pretty");
    } catch (IllegalArgumentException _) {
      return false;
    }
    if (!asked.isEmpty()) {
      return asked.equals("1") || asked.equalsIgnoreCase("true") || asked.equalsIgnoreCase("t");
    }
    String agent = request.getHeaders().get(HttpHeader.USER_AGENT);
    return agent != null
        && (agent.startsWith("curl")
            || agent.startsWith("Wget")
            || agent.startsWith("Mozilla/5.0"));
  }
}
