// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.authentication.Credentials;
import io.agentscale.apiservice.wire.Acceptance;
import io.agentscale.apiservice.wire.Status;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request through its stations: limits, path, permission, answer. No station blocks; one
 * that waits is given up at the deadline.
 */
final class ApiHandler extends Handler.Abstract.NonBlocking {
  private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);

  private final Access access;
  private final Endpoints endpoints;
  private final Limits limits;
  private final ReplyWriter writer;
  private final RequestObserver observer;
  private final AtomicInteger inFlight = new AtomicInteger();

  ApiHandler(
      Access access,
      Endpoints endpoints,
      Limits limits,
      ReplyWriter writer,
      RequestObserver observer) {
    this.writer = writer;
    this.access = access;
    this.endpoints = endpoints;
    this.limits = limits;
    this.observer = observer;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (request.getLength() > limits.bodyBytes()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      finish(
          request,
          response,
          callback,
          "refused",
          Reply.failed(Status.tooLarge(limits.bodyBytes())));
      return true;
    }
    RequestPath path;
    QueryParameters query;
    try {
      path = RequestPath.parse(request.getHttpURI().getPath());
      query = QueryParameters.parse(request.getHttpURI().getQuery());
    } catch (IllegalArgumentException e) {
      Status status = Status.badRequest(String.valueOf(e.getMessage()));
      finish(request, response, callback, "refused", Reply.failed(status));
      return true;
    }
    Route route = Router.route(path);
    if (inFlight.incrementAndGet() > limits.concurrentRequests()
        && !(route instanceof Route.Health)) {
      inFlight.decrementAndGet();
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
      finish(request, response, callback, name(route), Reply.failed(Status.tooManyRequests()));
      return true;
    }
    Callback counted = Callback.from(callback, inFlight::decrementAndGet);
    var _ =
        serve(request, path, query, route)
            .thenAccept(reply -> finish(request, response, counted, name(route), reply));
    return true;
  }

  private CompletableFuture<Reply> serve(
      Request request, RequestPath path, QueryParameters query, Route route) {
    CompletableFuture<Reply> reply;
    try {
      String method = request.getMethod();
      Credentials credentials =
          new Credentials(certificates(request), new JettyHeaders(request.getHeaders()));
      reply =
          access
              .objection(credentials, Router.access(method, path, query))
              .thenCompose(
                  objection ->
                      objection.isPresent()
                          ? CompletableFuture.completedStage(Reply.failed(objection.get()))
                          : answer(request, route, query))
              .toCompletableFuture();
    } catch (RuntimeException e) {
      reply = CompletableFuture.failedFuture(e);
    }
    if (reply.isDone()) {
      return reply.exceptionally(this::failure);
    }
    return reply
        .copy()
        .orTimeout(limits.requestDeadline().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(this::failure);
  }

  private CompletionStage<Reply> answer(Request request, Route route, QueryParameters query) {
    var acceptance = Acceptance.of(ReaderPreference.accept(request));
    var asker = new Endpoints.Asker(acceptance, Request.getLocalPort(request));
    return endpoints.answer(route, request.getMethod(), query, asker);
  }

  private Reply failure(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof TimeoutException) {
      return Reply.failed(Status.timeout("no answer within " + seconds(limits.requestDeadline())));
    }
    log.atError().setCause(cause).log("request failed unexpectedly");
    return Reply.failed(Status.internalError("unexpected failure, see the server's log: " + cause));
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  private void finish(
      Request request, Response response, Callback callback, String route, Reply reply) {
    try {
      writer.write(request, response, callback, reply);
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("reply cannot be written");
      callback.failed(e);
    }
    observer.answered(
        route, reply.status(), Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime()));
  }

  private static List<X509Certificate> certificates(Request request) {
    return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
                instanceof EndPoint.SslSessionData session
            && session.peerCertificates() != null
        ? List.of(session.peerCertificates())
        : List.of();
  }

  private static String name(Route route) {
    return switch (route) {
      case Route.ObjectValues(_, _, _, String name, _) ->
          name.equals("*") ? "objects_selected" : "object_named";
      case Route.ExternalValues _ -> "external";
      case Route.ObjectUsages(_, _, Optional<String> usageOf) ->
          usageOf.isEmpty() ? "usage_selected" : "usage_named";
      case Route.Health _ -> "health";
      case Route.Groups _, Route.Group _, Route.GroupVersion _, Route.OpenApi _ -> "discovery";
      case Route.BadShape _,
          Route.NoResource _,
          Route.NoPath _,
          Route.Paths _,
          Route.AboutServer _ ->
          "other";
    };
  }
}
