// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import io.agentscale.apiservice.authentication.Authentication.Authenticated;
import io.agentscale.apiservice.authentication.Authentication.Rejected;
import io.agentscale.apiservice.tls.WatchedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Knows the bearer tokens of a file, which is read again when it changes. The file is either
 * Kubernetes' static token file ({@code token,user,uid,"group1,group2"} a line) or holds one token
 * alone, which then stands for a given user.
 */
public final class BearerTokenFile implements Authenticator {
  private final WatchedFile<Map<String, User>> tokens;

  private BearerTokenFile(WatchedFile<Map<String, User>> tokens) {
    this.tokens = tokens;
  }

  /** Opens a static token file: each line is {@code token,user,uid} and optionally groups. */
  public static BearerTokenFile ofUsers(Path file) {
    return new BearerTokenFile(WatchedFile.open(file, TokenLines::parse));
  }

  /** Opens a file that holds nothing but the token of this user. */
  public static BearerTokenFile ofSingle(Path file, User user) {
    return new BearerTokenFile(WatchedFile.open(file, text -> TokenLines.single(text, user)));
  }

  @Override
  public CompletionStage<Authentication> authenticate(Credentials credentials) {
    Optional<String> token = credentials.bearerToken();
    if (token.isEmpty()) {
      return CompletableFuture.completedStage(Authentication.NOT_PRESENTED);
    }
    return CompletableFuture.completedStage(
        owner(token.get())
            .<Authentication>map(Authenticated::new)
            .orElseGet(() -> new Rejected("bearer token: not in the token file")));
  }

  /** Compares with every token in constant time, so that timing tells nothing of any of them. */
  private Optional<User> owner(String token) {
    byte[] presented = token.getBytes(StandardCharsets.UTF_8);
    Optional<User> owner = Optional.empty();
    for (Map.Entry<String, User> known : tokens.current().entrySet()) {
      if (MessageDigest.isEqual(presented, known.getKey().getBytes(StandardCharsets.UTF_8))) {
        owner = Optional.of(known.getValue());
      }
    }
    return owner;
  }

  /** Returns who may present a token of the file, for the operator's eyes. */
  public List<String> userNames() {
    return tokens.current().values().stream().map(User::name).sorted().toList();
  }
}
