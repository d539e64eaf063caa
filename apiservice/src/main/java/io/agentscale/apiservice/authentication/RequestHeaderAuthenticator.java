// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import io.agentscale.apiservice.authentication.Authentication.Authenticated;
import io.agentscale.apiservice.authentication.Authentication.Rejected;
import io.agentscale.apiservice.tls.ClientAuthorities;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Believes the user named in headers, if a proxy sent them whose client certificate is vouched for
 * by the front-proxy authority. Without such a certificate the headers mean nothing.
 */
public final class RequestHeaderAuthenticator implements Authenticator {
  private final ClientAuthorities proxyAuthorities;
  private final Supplier<RequestHeaderNames> names;

  /**
   * @param proxyAuthorities never the ones for ordinary clients, who could then be anybody
   * @param names read for each request, since the cluster may change them
   */
  public RequestHeaderAuthenticator(
      ClientAuthorities proxyAuthorities, Supplier<RequestHeaderNames> names) {
    this.proxyAuthorities = proxyAuthorities;
    this.names = names;
  }

  @Override
  public CompletionStage<Authentication> authenticate(Credentials credentials) {
    return CompletableFuture.completedStage(decide(credentials, names.get()));
  }

  private Authentication decide(Credentials credentials, RequestHeaderNames present) {
    if (credentials.certificates().isEmpty()) {
      return Authentication.NOT_PRESENTED;
    }
    Optional<String> objection = proxyAuthorities.objection(credentials.certificates());
    if (objection.isPresent()) {
      return new Rejected("proxy certificate: " + objection.get());
    }
    String proxy = CertificateSubject.of(credentials.certificates().getFirst()).commonName();
    if (!present.allowedNames().isEmpty() && !present.allowedNames().contains(proxy)) {
      return new Rejected(
          "proxy certificate: its name must be one of "
              + present.allowedNames()
              + ", was: "
              + proxy);
    }
    RequestHeaders headers = credentials.headers();
    Optional<String> name = first(headers, present.usernames());
    if (name.isEmpty()) {
      return Authentication.NOT_PRESENTED;
    }
    List<String> groups =
        present.groups().stream().flatMap(header -> headers.values(header).stream()).toList();
    return new Authenticated(
        new User(name.get(), first(headers, present.uids()), groups, extra(headers, present)));
  }

  private static Optional<String> first(RequestHeaders headers, List<String> names) {
    return names.stream()
        .flatMap(name -> headers.values(name).stream())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static Map<String, List<String>> extra(
      RequestHeaders headers, RequestHeaderNames present) {
    Map<String, List<String>> extra = new HashMap<>();
    for (String header : headers.names()) {
      for (String prefix : present.extraPrefixes()) {
        if (header.regionMatches(true, 0, prefix, 0, prefix.length())) {
          String key = key(header.substring(prefix.length()));
          extra.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(headers.values(header));
        }
      }
    }
    return extra;
  }

  /** Keys are escaped as in URLs, since header names cannot hold a slash. */
  private static String key(String escaped) {
    String lower = escaped.toLowerCase(Locale.ROOT);
    try {
      return URLDecoder.decode(lower.replace("+", "%2b"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return lower;
    }
  }
}
