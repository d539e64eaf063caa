// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and certificates are replaced under a running server, sometimes by nonsense. */
final class WatchedFileTest {
  @TempDir Path directory;
  private Path file;
  private int written;

  @BeforeEach
  void setUp() throws IOException {
    file = directory.resolve("number");
    write("1");
  }

  /** Each content a second later than the one before, as coarse clocks need. */
  private void write(String content) throws IOException {
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + 1000L * written++));
  }

  private WatchedFile<Integer> open() {
    return WatchedFile.open(
        List.of(file),
        contents ->
            Integer.parseInt(new String(contents.getFirst(), StandardCharsets.UTF_8).strip()),
        Duration.ZERO);
  }

  @Test
  void change_isSeen() throws IOException {
    WatchedFile<Integer> watched = open();
    assertThat(watched.current()).isEqualTo(1);
    write("2");
    assertThat(watched.current()).isEqualTo(2);
  }

  @Test
  void nonsense_keepsTheLastGoodValue_untilMended() throws IOException {
    WatchedFile<Integer> watched = open();
    write("x");
    assertThat(watched.current()).isEqualTo(1);
    write("3");
    assertThat(watched.current()).isEqualTo(3);
  }

  @Test
  void absence_keepsTheLastGoodValue() throws IOException {
    WatchedFile<Integer> watched = open();
    Files.delete(file);
    assertThat(watched.current()).isEqualTo(1);
    write("4");
    assertThat(watched.current()).isEqualTo(4);
  }

  @Test
  void startWithNonsenseOrNothing_isRefused() throws IOException {
    write("x");
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
    Files.delete(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }
}
