// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.wire.Acceptance;
import io.agentscale.apiservice.wire.ApiObject;
import io.agentscale.apiservice.wire.Document;
import io.agentscale.apiservice.wire.Format;
import io.agentscale.apiservice.wire.Json;
import io.agentscale.apiservice.wire.Status;
import io.agentscale.apiservice.wire.TaggedContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Puts replies on the wire: format, compression, tags and headers. */
final class ReplyWriter {
  /** As the reference server: smaller bodies are sent as they are. */
  private static final int ZIP_FROM_BYTES = 128 * 1024;

  private static final String PRIVATE = "no-cache, private";

  private final RenderingCache rendered;
  private final Limits limits;
  private final AtomicLong bytesInFlight = new AtomicLong();

  ReplyWriter(Limits limits) {
    this.limits = limits;
    this.rendered = new RenderingCache(limits.renderedBytes());
  }

  /** Writes a reply and completes the callback, whatever happens to the client meanwhile. */
  void write(Request request, Response response, Callback callback, Reply reply) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Audit-Id", AuditId.of(request.getHeaders().get("Audit-Id")));
    response.setStatus(reply.status());
    switch (reply) {
      case Reply.OfObject object -> writeObject(request, response, callback, object);
      case Reply.OfJson(_, Document document) ->
          send(
              request,
              response,
              callback,
              Format.JSON.mediaType(),
              PRIVATE,
              ByteBuffer.wrap(Json.render(document, ReaderPreference.isForPeople(request))));
      case Reply.OfText(_, String text) -> {
        headers.put("X-Content-Type-Options", "nosniff");
        send(
            request,
            response,
            callback,
            "text/plain; charset=utf-8",
            PRIVATE,
            ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      }
      case Reply.OfTagged(TaggedContent content) ->
          writeTagged(request, response, callback, content);
    }
  }

  private void writeObject(
      Request request, Response response, Callback callback, Reply.OfObject reply) {
    // Who can read nothing of ours can at least read why: errors fall back to JSON.
    Format format = Acceptance.of(ReaderPreference.accept(request)).format().orElse(Format.JSON);
    boolean pretty = format == Format.JSON && ReaderPreference.isForPeople(request);
    boolean zipped = ReaderPreference.acceptsGzip(request);
    var key = new RenderingCache.Key(request.getHttpURI().getPathQuery(), format, pretty, zipped);
    Optional<ByteBuffer> known = reply.source().flatMap(source -> rendered.find(key, source));
    ByteBuffer body = known.orElseGet(() -> render(key, reply.object()));
    if (known.isEmpty() && reply.source().isPresent()) {
      rendered.keep(key, reply.source().get(), body);
    }
    if (isZipped(body)) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    if (body.remaining() >= ZIP_FROM_BYTES || isZipped(body)) {
      response.getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
    }
    send(request, response, callback, format.mediaType(), PRIVATE, body);
  }

  private static ByteBuffer render(RenderingCache.Key key, ApiObject object) {
    byte[] plain = key.format().render(object, key.pretty());
    return ByteBuffer.wrap(key.zipped() && plain.length >= ZIP_FROM_BYTES ? zip(plain) : plain);
  }

  /** No format of ours begins with gzip's magic number. */
  private static boolean isZipped(ByteBuffer body) {
    return body.remaining() > 1 && body.get(0) == (byte) 0x1f && body.get(1) == (byte) 0x8b;
  }

  private void writeTagged(
      Request request, Response response, Callback callback, TaggedContent content) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.ETAG, content.etag());
    headers.put(HttpHeader.VARY, "Accept");
    String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
    if (known != null && content.isAmong(known)) {
      response.setStatus(304);
      headers.put(HttpHeader.CACHE_CONTROL, "public");
      response.write(true, null, callback);
      return;
    }
    send(request, response, callback, content.contentType(), "public", content.body().duplicate());
  }

  private void send(
      Request request,
      Response response,
      Callback callback,
      String contentType,
      String cacheControl,
      ByteBuffer body) {
    int length = body.remaining();
    HttpFields.Mutable headers = response.getHeaders();
    if (bytesInFlight.addAndGet(length) > limits.responseBytes()) {
      bytesInFlight.addAndGet(-length);
      sendOverload(response, callback);
      return;
    }
    headers.put(HttpHeader.CONTENT_TYPE, contentType);
    headers.put(HttpHeader.CACHE_CONTROL, cacheControl);
    headers.put(HttpHeader.CONTENT_LENGTH, length);
    boolean withBody = !HttpMethod.HEAD.is(request.getMethod());
    response.write(
        true,
        withBody ? body : null,
        Callback.from(callback, () -> bytesInFlight.addAndGet(-length)));
  }

  /** Slow readers hold more bytes than we can spare. */
  private static void sendOverload(Response response, Callback callback) {
    byte[] body = Json.render(Status.unavailable("too many bytes wait for slow clients"), false);
    response.setStatus(503);
    HttpFields.Mutable headers = response.getHeaders();
    headers.remove(HttpHeader.CONTENT_ENCODING);
    headers.put(HttpHeader.RETRY_AFTER, "1");
    headers.put(HttpHeader.CONTENT_TYPE, Format.JSON.mediaType());
    headers.put(HttpHeader.CACHE_CONTROL, PRIVATE);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private static byte[] zip(byte[] plain) {
    var zipped = new ByteArrayOutputStream(plain.length / 8);
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return zipped.toByteArray();
  }
}
