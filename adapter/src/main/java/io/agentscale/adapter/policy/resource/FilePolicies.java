// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySource;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.core.schedule.HolidayCalendar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies of a file, which is looked at every second. A new text is taken over as a whole or
 * refused as a whole; while it is refused, what was in use stays in use.
 */
public final class FilePolicies implements PolicySource {
  private static final Logger log = LoggerFactory.getLogger(FilePolicies.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Path file;
  private final Map<String, ? extends HolidayCalendar> calendars;
  private final Set<PolicyKey> told = new LinkedHashSet<>();
  private Optional<String> judged = Optional.empty();
  private volatile Optional<String> refusal = Optional.empty();
  private volatile boolean synced;
  private volatile Optional<Thread> checker = Optional.empty();

  /**
   * Creates a source; nothing is read before {@link #start}.
   *
   * @param calendars by the names policies may use beside the file's own
   */
  public FilePolicies(Path file, Map<String, ? extends HolidayCalendar> calendars) {
    this.file = file;
    this.calendars = Map.copyOf(calendars);
  }

  /** Tells of the file's policies before it returns, and then of each change. */
  @Override
  public void start(Listener listener) {
    check(listener);
    synced = true;
    checker =
        Optional.of(Thread.ofVirtual().name("policy-file").start(() -> checkForever(listener)));
  }

  @Override
  public boolean isSynced() {
    return synced;
  }

  /** Returns why the file as it is now is not in use; absent while it is. */
  public Optional<String> refusal() {
    return refusal;
  }

  @Override
  public void close() {
    checker.ifPresent(Thread::interrupt);
  }

  private void checkForever(Listener listener) {
    try {
      while (true) {
        Thread.sleep(PERIOD);
        check(listener);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes the file over if it says something new. */
  synchronized void check(Listener listener) {
    try {
      String text = YamlDocument.text(file);
      if (judged.equals(Optional.of(text))) {
        return;
      }
      judged = Optional.of(text);
      use(
          PolicyFile.parse(file.toString(), YamlDocument.directory(file), text, calendars),
          listener);
      refusal = Optional.empty();
      log.atInfo()
          .addKeyValue("file", file)
          .addKeyValue("policies", told.size())
          .log("Policies read");
    } catch (IOException e) {
      refused(file + ": cannot be read: " + e.getMessage());
    } catch (InvalidYamlException e) {
      refused(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // The next change is to be seen whatever became of this one.
      refused(file + ": could not be put to use: " + e);
      log.atError().setCause(e).log("Taking over a policy met a bug");
    }
  }

  private void use(List<PolicyDefinition> policies, Listener listener) {
    Set<PolicyKey> now = new LinkedHashSet<>();
    policies.forEach(policy -> now.add(policy.key()));
    List<PolicyKey> gone = told.stream().filter(key -> !now.contains(key)).toList();
    told.clear();
    told.addAll(now);
    gone.forEach(listener::removed);
    policies.forEach(listener::defined);
  }

  private void refused(String cause) {
    if (!refusal.equals(Optional.of(cause))) {
      log.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("cause", cause)
          .log("Policies refused; what was in use stays in use");
    }
    refusal = Optional.of(cause);
  }
}
