// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.agentscale.adapter.http.TooLargeException;
import io.agentscale.adapter.http.TransportFailure;
import io.agentscale.adapter.prometheus.PrometheusException.Kind;
import java.io.CharConversionException;
import java.io.IOException;
import java.net.URI;

/** Puts what went wrong with one Prometheus into a sentence that names it. */
final class Failures {
  private final String prometheus;

  Failures(URI url) {
    this.prometheus = "Prometheus at " + url;
  }

  /** Prometheus said no, and how. */
  PrometheusException rejected(int status, String errorType, String message) {
    Kind kind = errorType.equals("timeout") ? Kind.TIMEOUT : Kind.REJECTED;
    String advice =
        switch (status) {
          case 401, 403 -> "; check the credentials";
          case 404 -> "; check the path of the URL";
          default -> "";
        };
    String said = message.isEmpty() ? "nothing more" : message;
    return new PrometheusException(
        kind, prometheus + " answered " + status + ": " + said + advice, status, errorType);
  }

  PrometheusException garbage(int status, String what) {
    return new PrometheusException(
        Kind.GARBAGE, prometheus + " answered " + status + " with garbage: " + what, status, "");
  }

  /** Turns whatever ended a call into the one failure callers know. */
  PrometheusException of(Throwable failure) {
    PrometheusException known =
        switch (failure) {
          case PrometheusException e -> e;
          case OwnFileException e ->
              new PrometheusException(
                  Kind.OWN_FILE, prometheus + " was not asked: " + e.getMessage());
          case TooLargeException e ->
              new PrometheusException(
                  Kind.TOO_LARGE,
                  prometheus
                      + " answered "
                      + e.getMessage()
                      + ", the most that is read; narrow the query or raise maxAnswerBytes");
          case GarbageException e -> garbage(200, String.valueOf(e.getMessage()));
          case JsonEOFException e ->
              new PrometheusException(
                  Kind.CONNECTION_CUT, prometheus + ": the answer ends in the middle of its JSON");
          case JsonProcessingException e -> garbage(200, "not JSON: " + e.getOriginalMessage());
          case CharConversionException e -> garbage(200, "not JSON: " + e.getMessage());
          case IOException e ->
              new PrometheusException(kind(e), prometheus + ": " + TransportFailure.describe(e));
          default ->
              new PrometheusException(
                  Kind.GARBAGE, prometheus + ": the answer could not be handled: " + failure);
        };
    if (known != failure) {
      known.initCause(failure);
    }
    return known;
  }

  private static Kind kind(IOException failure) {
    return switch (TransportFailure.of(failure)) {
      case UNREACHABLE -> Kind.UNREACHABLE;
      case TIMEOUT -> Kind.TIMEOUT;
      case CUT -> Kind.CONNECTION_CUT;
    };
  }
}
