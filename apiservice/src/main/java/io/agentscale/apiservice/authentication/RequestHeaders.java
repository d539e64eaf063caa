// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The headers of a request; names are compared without regard to case. */
public interface RequestHeaders {

  /** Returns every value of a header in the order sent; empty if there is none. */
  List<String> values(String name);

  /** Returns the names of the headers present, in any case. */
  Iterable<String> names();

  static RequestHeaders of(Map<String, List<String>> headers) {
    var byName = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    return new RequestHeaders() {
      @Override
      public List<String> values(String name) {
        return byName.getOrDefault(name, List.of());
      }

      @Override
      public Iterable<String> names() {
        return byName.keySet();
      }
    };
  }
}
