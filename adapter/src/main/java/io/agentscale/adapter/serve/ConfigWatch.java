// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.adapter.yaml.YamlProblem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the configuration file every second. A new text is put to use as a whole or refused as a
 * whole, and while it is refused what was in use stays in use. Texts are compared, not times, so
 * that a mounted ConfigMap, whose links change, is followed as any file.
 */
final class ConfigWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConfigWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final ConfigFile file;
  private final Consumer<AdapterConfig> use;
  private final Consumer<Boolean> reloaded;
  private final Thread checker;
  private String judged;
  private volatile Optional<String> refusal = Optional.empty();

  /**
   * @param inUse the text that is in use
   * @param use puts a configuration to use, or throws an {@link IllegalArgumentException} if that
   *     needs a restart
   * @param reloaded hears of each change whether it was accepted
   */
  ConfigWatch(
      ConfigFile file, String inUse, Consumer<AdapterConfig> use, Consumer<Boolean> reloaded) {
    this.file = file;
    this.judged = inUse;
    this.use = use;
    this.reloaded = reloaded;
    this.checker = Thread.ofVirtual().name("config-file").unstarted(this::checkForever);
  }

  void start() {
    checker.start();
  }

  /** Returns why the file as it is now is not in use; absent while it is. */
  Optional<String> refusal() {
    return refusal;
  }

  /** Puts the file to use if it says something new. */
  synchronized void check() {
    String text;
    try {
      text = file.text();
    } catch (IOException e) {
      refused("cannot be read: " + e.getMessage());
      return;
    }
    if (text.equals(judged)) {
      return;
    }
    judged = text;
    try {
      use.accept(file.parse(text));
      refusal = Optional.empty();
      reloaded.accept(true);
      log.atInfo().addKeyValue("file", file.path()).log("Configuration reloaded");
    } catch (InvalidYamlException e) {
      e.problems().forEach(this::logged);
      refused(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      refused(file.path() + ": " + e.getMessage());
    }
  }

  private void logged(YamlProblem problem) {
    log.atWarn()
        .addKeyValue("file", problem.at().file())
        .addKeyValue("line", problem.at().line())
        .addKeyValue("field", problem.field())
        .addKeyValue("cause", problem.message())
        .log("Configuration has a fault");
  }

  private void refused(String cause) {
    if (!refusal.equals(Optional.of(cause))) {
      reloaded.accept(false);
      log.atWarn()
          .addKeyValue("file", file.path())
          .addKeyValue("cause", cause)
          .log("Configuration refused; what was in use stays in use");
    }
    refusal = Optional.of(cause);
  }

  private void checkForever() {
    try {
      while (true) {
        Thread.sleep(PERIOD);
        checkOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkOnce() {
    try {
      check();
    } catch (RuntimeException e) {
      // The next change is to be seen whatever became of this one.
      refused("could not be put to use: " + e);
      log.atError().setCause(e).log("Reloading the configuration met a bug");
    }
  }

  @Override
  public void close() {
    checker.interrupt();
  }
}
