// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.authentication.RequestHeaders;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;

/** A request's headers as authenticators see them. */
record JettyHeaders(HttpFields fields) implements RequestHeaders {

  @Override
  public List<String> values(String name) {
    return fields.getValuesList(name);
  }

  @Override
  public Iterable<String> names() {
    return fields.getFieldNamesCollection();
  }
}
