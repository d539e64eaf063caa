// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What a client's headers say of how it would like its answer. */
final class ReaderPreference {
  private ReaderPreference() {}

  /** Returns the Accept header, empty if there is none. */
  static String accept(Request request) {
    String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    return accept == null ? "" : accept;
  }

  static boolean acceptsGzip(Request request) {
    String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.split(",", -1)) {
      String stripped = coding.strip();
      if (stripped.equals("gzip") || (stripped.startsWith("gzip;") && !stripped.endsWith("q=0"))) {
        return true;
      }
    }
    return false;
  }

  /** As the reference: on demand, or for the programs people look through. */
  static boolean isForPeople(Request request) {
    String query = request.getHttpURI().getQuery();
    if (query != null && query.contains("pretty=")) {
      String asked = prettyParameter(query);
      return asked.equals("1") || asked.equalsIgnoreCase("true") || asked.equalsIgnoreCase("t");
    }
    String agent = request.getHeaders().get(HttpHeader.USER_AGENT);
    return agent != null
        && (agent.startsWith("curl")
            || agent.startsWith("Wget")
            || agent.startsWith("Mozilla/5.0"));
  }

  private static String prettyParameter(String query) {
    try {
      return QueryParameters.parse(query).text("pretty");
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
