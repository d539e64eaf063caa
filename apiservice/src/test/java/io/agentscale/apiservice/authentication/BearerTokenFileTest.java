// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.apiservice.authentication.Authentication.Authenticated;
import io.agentscale.apiservice.authentication.Authentication.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token file read wrongly lets the wrong ones in. */
final class BearerTokenFileTest {
  @TempDir Path directory;

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("tokens"), content);
  }

  private static Authentication ask(Authenticator tokens, String header) {
    var headers = RequestHeaders.of(Map.of("Authorization", List.of(header)));
    return tokens.authenticate(new Credentials(List.of(), headers)).toCompletableFuture().join();
  }

  @Test
  void users_areReadWithGroups() throws IOException {
    var tokens = BearerTokenFile.ofUsers(file("# users\nt1,alice,1,\"dev,ops\"\n\nt2,bob,2\n"));
    assertThat(tokens.userNames()).containsExactly("alice", "bob");
    assertThat(ask(tokens, "Bearer t1"))
        .isInstanceOfSatisfying(
            Authenticated.class,
            found -> {
              assertThat(found.user().name()).isEqualTo("alice");
              assertThat(found.user().uid()).contains("1");
              assertThat(found.user().groups()).containsExactly("dev", "ops");
            });
    assertThat(ask(tokens, "Bearer t3")).isInstanceOf(Rejected.class);
    assertThat(ask(tokens, "Basic t1")).isEqualTo(Authentication.NOT_PRESENTED);
  }

  @Test
  void singleToken_standsForItsUser() throws IOException {
    var tokens = BearerTokenFile.ofSingle(file("secret\n"), User.named("demo", List.of()));
    assertThat(ask(tokens, "Bearer secret"))
        .isEqualTo(new Authenticated(User.named("demo", List.of())));
    assertThat(ask(tokens, "Bearer secre")).isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t1,alice", "t1", ",alice,1", "t1,,1", "t1,a,1\nt1,b,2"})
  void brokenLine_isRefusedWithItsNumber_andWithoutTheToken(String content) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> BearerTokenFile.ofUsers(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line ")
        .hasMessageNotContaining("t1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "two tokens"})
  void singleToken_mustBeOne(String content) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> BearerTokenFile.ofSingle(file, User.ANONYMOUS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
