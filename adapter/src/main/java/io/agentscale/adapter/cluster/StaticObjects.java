// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects a file lists, where there is no cluster to ask. The file is read again when it
 * changes; while it cannot be used, what it said last stays.
 */
public final class StaticObjects implements ObjectIndex, PodIndex, ResourceMapper, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StaticObjects.class);
  private static final Duration CHECK_PERIOD = Duration.ofSeconds(1);

  private final Path path;
  private final Thread checker;
  // What current, or the error, was made of; absent after the file could not be read.
  private Optional<String> text;
  private volatile ObjectsFile current;
  private volatile Optional<String> error = Optional.empty();

  private StaticObjects(Path path) throws IOException {
    this.path = path;
    String now = Files.readString(path);
    this.text = Optional.of(now);
    this.current = ObjectsFile.parse(path.toString(), now);
    this.checker = Thread.ofVirtual().name("objects-file").unstarted(this::checkForever);
  }

  /**
   * Reads the file and goes on watching it until closed.
   *
   * @throws InvalidManifestException naming file, line and field
   * @throws IOException when it cannot be read
   */
  public static StaticObjects watch(Path path) throws IOException {
    StaticObjects objects = new StaticObjects(path);
    objects.checker.start();
    return objects;
  }

  /** Reads the file once; {@link #reload} reads it again. */
  static StaticObjects read(Path path) throws IOException {
    return new StaticObjects(path);
  }

  /** Reads the file again if it says something new; an error is kept for {@link #error}. */
  synchronized void reload() {
    try {
      Optional<String> now = Optional.of(Files.readString(path));
      if (!now.equals(text)) {
        text = now;
        current = ObjectsFile.parse(path.toString(), now.get());
        error = Optional.empty();
        log.atInfo().addKeyValue("file", path).log("objects file reloaded");
      }
    } catch (InvalidManifestException e) {
      keepLast(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      text = Optional.empty();
      keepLast(path + ": cannot be read: " + e);
    }
  }

  private void keepLast(String cause) {
    if (!error.equals(Optional.of(cause))) {
      log.atWarn()
          .addKeyValue("file", path)
          .addKeyValue("cause", cause)
          .log("objects file refused, what it said before stays");
    }
    error = Optional.of(cause);
  }

  private void checkForever() {
    try {
      while (true) {
        Thread.sleep(CHECK_PERIOD);
        reload();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Why the file as it is now is not used; absent while it is. */
  public Optional<String> error() {
    return error;
  }

  @Override
  public List<ClusterObject> select(
      ResourceKind kind, Optional<String> namespace, LabelSelector selector) {
    ObjectTable table = current.tables().get(kind);
    return table == null ? List.of() : table.select(namespace, selector);
  }

  @Override
  public boolean isSynced(ResourceKind kind) {
    return true;
  }

  @Override
  public List<Pod> pods() {
    return current.pods();
  }

  @Override
  public boolean arePodsSynced() {
    return true;
  }

  @Override
  public Optional<ResourceKind> resolve(GroupResource resource) {
    return current.kinds().resolve(resource);
  }

  @Override
  public void close() {
    checker.interrupt();
  }
}
