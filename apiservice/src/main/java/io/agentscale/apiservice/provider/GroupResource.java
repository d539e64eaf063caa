// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

/**
 * A kind of object as API paths name it: the lower-case plural and the API group.
 *
 * @param group empty for the core group
 * @param resource such as {@code pods}
 */
public record GroupResource(String group, String resource) {

  /** Reads {@code pods} or {@code deployments.apps}: the group is all behind the first dot. */
  public static GroupResource parse(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? new GroupResource("", text)
        : new GroupResource(text.substring(dot + 1), text.substring(0, dot));
  }

  @Override
  public String toString() {
    return group.isEmpty() ? resource : resource + "." + group;
  }
}
