// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The kubeconfig of the adapter that runs on this machine, so that {@code agentscale get} and
 * {@code kubectl} reach it without flags. Readable by its owner only, since it holds a token.
 */
public final class LocalKubeconfig {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** Name of the extension that holds the address of the operations port. */
  private static final String OPERATIONS = "agentscale-operations";

  private static final Pattern OPERATIONS_URL =
      Pattern.compile("name: " + OPERATIONS + "\\s+extension: \\{url: \"([^\"]+)\"}");

  private final Path file;

  public LocalKubeconfig(Path file) {
    this.file = file;
  }

  /** Returns the place for this user: {@code $XDG_STATE_HOME/agentscale/kubeconfig}. */
  public static LocalKubeconfig ofUser(Map<String, String> environment) {
    String state = environment.get("XDG_STATE_HOME");
    Path base =
        state == null || state.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return new LocalKubeconfig(base.resolve("agentscale").resolve("kubeconfig"));
  }

  public Path file() {
    return file;
  }

  public boolean exists() {
    return Files.isRegularFile(file);
  }

  /**
   * Writes it in one step, replacing that of an adapter started before.
   *
   * @param operations address of the operations port
   */
  public void write(String server, URI operations, String caPem, String token) {
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: agentscale
          cluster:
            server: "%s"
            certificate-authority-data: %s
            extensions:
            - name: %s
              extension: {url: "%s"}
        users:
        - name: agentscale
          user: {token: "%s"}
        contexts:
        - name: agentscale
          context: {cluster: agentscale, user: agentscale}
        current-context: agentscale
        """
            .formatted(
                server,
                Base64.getEncoder().encodeToString(caPem.getBytes(UTF_8)),
                OPERATIONS,
                operations,
                token);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "kubeconfig", ".new");
      Files.setPosixFilePermissions(fresh, OWNER_ONLY);
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Returns the address of the operations port; empty where no adapter runs. */
  public Optional<URI> operations() {
    try {
      Matcher url = OPERATIONS_URL.matcher(exists() ? Files.readString(file) : "");
      return url.find() ? Optional.of(URI.create(url.group(1))) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Removes it, if it still is the one with this token. */
  public void remove(String token) {
    try {
      if (exists() && Files.readString(file).contains(token)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }
}
