// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A failure as Kubernetes clients read it.
 *
 * @param code HTTP status
 * @param reason such as {@code NotFound}; empty if there is none
 * @param message for people
 * @param details absent where the reference server leaves them out
 */
public record Status(int code, String reason, String message, Optional<Details> details)
    implements ApiObject {

  /**
   * What the failure is about.
   *
   * @param name object; empty if none
   * @param group API group; empty if none
   * @param kind resource; empty if none
   * @param causes further sentences for people
   */
  public record Details(String name, String group, String kind, List<String> causes) {
    public static final Details EMPTY = new Details("", "", "", List.of());

    public Details {
      causes = List.copyOf(causes);
    }

    static Details ofCause(String cause) {
      return new Details("", "", "", List.of(cause));
    }
  }

  /**
   * A metric that is not served for a kind or object. The cause ends the message, for that is all
   * that autoscalers' conditions repeat; for programs it is a detail too.
   */
  public static Status metricNotFound(String metric, String about, String cause) {
    String message = "the server could not find the metric " + metric + " for " + about;
    return cause.isBlank()
        ? new Status(404, "NotFound", message, Optional.empty())
        : new Status(404, "NotFound", message + ": " + cause, Optional.of(Details.ofCause(cause)));
  }

  public static Status resourceNotFound() {
    return new Status(
        404,
        "NotFound",
        "the server could not find the requested resource",
        Optional.of(Details.EMPTY));
  }

  public static Status badRequest(String message) {
    return new Status(400, "BadRequest", message, Optional.empty());
  }

  public static Status unauthorized() {
    return new Status(401, "Unauthorized", "Unauthorized", Optional.empty());
  }

  public static Status forbidden(String message, Details details) {
    return new Status(403, "Forbidden", message, Optional.of(details));
  }

  public static Status methodNotAllowed() {
    return new Status(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        Optional.of(Details.EMPTY));
  }

  public static Status watchNotSupported(String group) {
    return new Status(
        405,
        "MethodNotAllowed",
        "watch is not supported on resources of kind \"*." + group + "\"",
        Optional.of(new Details("", group, "*", List.of())));
  }

  public static Status internalError(String cause) {
    return new Status(
        500,
        "InternalError",
        "Internal error occurred: " + cause,
        Optional.of(Details.ofCause(cause)));
  }

  /** Nothing acceptable can be answered; {@code message} lists what could. */
  public static Status notAcceptable(String message) {
    return new Status(406, "NotAcceptable", message, Optional.empty());
  }

  public static Status tooLarge(int limit) {
    return new Status(
        413,
        "RequestEntityTooLarge",
        "Request entity too large: limit is " + limit,
        Optional.empty());
  }

  public static Status unavailable(String message) {
    return new Status(503, "ServiceUnavailable", message, Optional.empty());
  }

  public static Status tooManyRequests() {
    return new Status(
        429, "TooManyRequests", "Too many requests, please try again later.", Optional.empty());
  }

  public static Status timeout(String cause) {
    return new Status(
        504,
        "Timeout",
        "Timeout: request did not complete within the allotted timeout",
        Optional.of(Details.ofCause(cause)));
  }

  @Override
  public String apiVersion() {
    return "v1";
  }

  @Override
  public String kind() {
    return "Status";
  }

  @Override
  public void writeProtobuf(ProtobufWriter out) {
    out.listMeta(1);
    out.string(2, "Failure");
    out.string(3, message);
    out.string(4, reason);
    details.ifPresent(given -> out.message(5, nested -> writeDetails(nested, given)));
    out.number(6, code);
  }

  private static void writeDetails(ProtobufWriter out, Details details) {
    out.string(1, details.name());
    out.string(2, details.group());
    out.string(3, details.kind());
    for (String cause : details.causes()) {
      out.message(
          4,
          nested -> {
            nested.string(1, "");
            nested.string(2, cause);
            nested.string(3, "");
          });
    }
    out.number(5, 0);
    out.string(6, "");
  }

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", kind());
    json.writeStringField("apiVersion", apiVersion());
    json.writeObjectFieldStart("metadata");
    json.writeEndObject();
    json.writeStringField("status", "Failure");
    json.writeStringField("message", message);
    writeUnlessEmpty(json, "reason", reason);
    if (details.isPresent()) {
      writeDetails(json, details.get());
    }
    json.writeNumberField("code", code);
    json.writeEndObject();
  }

  private static void writeDetails(JsonGenerator json, Details details) throws IOException {
    json.writeObjectFieldStart("details");
    writeUnlessEmpty(json, "name", details.name());
    writeUnlessEmpty(json, "group", details.group());
    writeUnlessEmpty(json, "kind", details.kind());
    if (!details.causes().isEmpty()) {
      json.writeArrayFieldStart("causes");
      for (String cause : details.causes()) {
        json.writeStartObject();
        json.writeStringField("message", cause);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeUnlessEmpty(JsonGenerator json, String field, String value)
      throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(field, value);
    }
  }
}
