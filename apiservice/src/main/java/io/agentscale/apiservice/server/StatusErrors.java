// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.wire.Status;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors found by the HTTP server itself, told as every other error: a Status document. */
final class StatusErrors extends ErrorHandler {
  private final ReplyWriter writer;

  StatusErrors(ReplyWriter writer) {
    this.writer = writer;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int code = response.getStatus();
    String reason =
        switch (code) {
          case 400 -> "BadRequest";
          case 413, 414, 431 -> "RequestEntityTooLarge";
          case 503 -> "ServiceUnavailable";
          default -> "";
        };
    if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1) {
      // What follows on the connection cannot be told from the rest of this request.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    Object message = request.getAttribute(ERROR_MESSAGE);
    String text = message == null ? "the request could not be served" : message.toString();
    writer.write(
        request,
        response,
        callback,
        Reply.failed(new Status(code, reason, text, Optional.empty())));
    return true;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }
}
