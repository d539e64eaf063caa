// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value read from one or more files, read again when they change. While the new content cannot be
 * understood, the last good value stays and one warning is logged for each such content.
 *
 * <p>A change is seen by time of modification and length, at most once a second and by one caller
 * only, then by content, so that a touched file changes nothing.
 *
 * @param <T> what the files say
 */
public final class WatchedFile<T> {
  private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private record Stamp(FileTime modified, long length) {}

  private final List<Path> files;
  private final Function<List<byte[]>, T> parser;
  private final long lookEveryNanos;
  private final AtomicLong nextLook;

  private volatile T value;
  private List<Stamp> stamps;
  private List<byte[]> contents;

  private WatchedFile(List<Path> files, Function<List<byte[]>, T> parser, Duration lookEvery) {
    this.files = List.copyOf(files);
    this.parser = parser;
    this.lookEveryNanos = lookEvery.toNanos();
    this.nextLook = new AtomicLong(System.nanoTime() + lookEveryNanos);
    try {
      this.stamps = stamps();
      this.contents = contents();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + files + ": " + e.getMessage(), e);
    }
    try {
      this.value = parser.apply(contents);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(files + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a file.
   *
   * @param parser throws IllegalArgumentException for content that means nothing
   * @throws IllegalArgumentException if the present content means nothing
   * @throws UncheckedIOException if the file cannot be read
   */
  public static <T> WatchedFile<T> open(Path file, Function<byte[], T> parser) {
    return open(List.of(file), contents -> parser.apply(contents.getFirst()), LOOK_EVERY);
  }

  /** Reads files that make sense only together, such as a certificate and its key. */
  public static <T> WatchedFile<T> open(
      List<Path> files, Function<List<byte[]>, T> parser, Duration lookEvery) {
    return new WatchedFile<>(files, parser, lookEvery);
  }

  /** Returns what the files say, or last said while they made sense. */
  public T current() {
    long now = System.nanoTime();
    long due = nextLook.get();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + lookEveryNanos)) {
      look();
    }
    return value;
  }

  private synchronized void look() {
    List<byte[]> found;
    try {
      List<Stamp> present = stamps();
      if (present.equals(stamps)) {
        return;
      }
      found = contents();
      // Only now: a file that vanished between the two reads is looked at again.
      stamps = present;
    } catch (IOException e) {
      // An absent file is the middle of a replacement, or trouble that lasts and is seen by its
      // use.
      log.atDebug().addKeyValue("files", files).setCause(e).log("watched files cannot be read");
      return;
    }
    if (!same(found, contents)) {
      contents = found;
      accept(found);
    }
  }

  private void accept(List<byte[]> found) {
    try {
      value = parser.apply(found);
      log.atInfo().addKeyValue("files", files).log("watched files changed");
    } catch (IllegalArgumentException e) {
      log.atWarn()
          .addKeyValue("files", files)
          .addKeyValue("cause", e.getMessage())
          .log("watched files changed to something unusable, the last good content stays in use");
    }
  }

  private List<Stamp> stamps() throws IOException {
    List<Stamp> found = new ArrayList<>();
    for (Path file : files) {
      found.add(new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
    }
    return found;
  }

  private List<byte[]> contents() throws IOException {
    List<byte[]> found = new ArrayList<>();
    for (Path file : files) {
      found.add(Files.readAllBytes(file));
    }
    return found;
  }

  private static boolean same(List<byte[]> left, List<byte[]> right) {
    for (int i = 0; i < left.size(); i++) {
      if (!Arrays.equals(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }
}
