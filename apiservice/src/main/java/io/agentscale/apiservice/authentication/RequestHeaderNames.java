// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import java.util.List;

/**
 * How a trusted proxy tells who sent a request, as the ConfigMap {@code
 * kube-system/extension-apiserver-authentication} describes it.
 *
 * @param allowedNames common names of proxies; empty for any that the authority vouches for
 * @param usernames headers that hold the user, the first present counts
 * @param uids headers that hold the user's id
 * @param groups headers each value of which is a group
 * @param extraPrefixes beginnings of headers that hold further attributes
 */
public record RequestHeaderNames(
    List<String> allowedNames,
    List<String> usernames,
    List<String> uids,
    List<String> groups,
    List<String> extraPrefixes) {

  /** The names every kubeadm cluster uses. */
  public static final RequestHeaderNames USUAL =
      new RequestHeaderNames(
          List.of("front-proxy-client"),
          List.of("X-Remote-User"),
          List.of("X-Remote-Uid"),
          List.of("X-Remote-Group"),
          List.of("X-Remote-Extra-"));

  public RequestHeaderNames {
    allowedNames = List.copyOf(allowedNames);
    usernames = List.copyOf(usernames);
    uids = List.copyOf(uids);
    groups = List.copyOf(groups);
    extraPrefixes = List.copyOf(extraPrefixes);
  }
}
