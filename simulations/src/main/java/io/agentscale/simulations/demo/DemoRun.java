// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.PolicyDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A demo that is running: agents under load, the adapter that looks at them, and the autoscaler
 * that follows what the adapter serves.
 */
final class DemoRun implements AutoCloseable {
  static final int FIRST_AGENTS = 3;
  private static final int PLACES = 8;
  private static final Duration LOAD_STEP = Duration.ofMillis(100);

  /** As often as the real controller looks, in the demo's time. */
  private static final Duration AUTOSCALER_PERIOD =
      Duration.ofSeconds(15).dividedBy(DemoClock.SPEED);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final InstantSource real;
  private final DemoClock clock;
  private final AgentFleet fleet;
  private final DemoAutoscaler autoscaler;
  private final DemoAdapter adapter;
  private final MetricsApiClient client;
  private final Repeating load;
  private final Repeating scaling;

  /**
   * Starts everything.
   *
   * @param policy which of the program's policies is followed
   * @throws IOException if something cannot be started, such as when the port is taken
   */
  DemoRun(DemoAdapter.Launcher launcher, int port, String policy, long seed, InstantSource real)
      throws IOException {
    this.real = real;
    try {
      DemoFiles files = closing(new DemoFiles());
      PolicyDefinition definition = files.writePolicy(policy);
      clock = new DemoClock(real);
      WorkDay shape = new WorkDay(seed, clock.start());
      SampleAgents agents = closing(new SampleAgents(files, real));
      fleet = new AgentFleet(agents, FIRST_AGENTS, PLACES, shape, seed, clock.start());
      autoscaler = new DemoAutoscaler(definition, fleet);
      DemoWorld world =
          new DemoWorld(
              clock,
              new DemoTargets(fleet, autoscaler::view),
              new DaysBefore(shape, seed, clock.start()));
      adapter = closing(launcher.start(files, port, world));
      client = closing(new MetricsApiClient(adapter));
      clock.run();
      load = closing(new Repeating("agents", LOAD_STEP, () -> fleet.tick(clock.instant())));
      scaling =
          closing(
              new Repeating(
                  "autoscaler", AUTOSCALER_PERIOD, () -> reconcile(definition.key().name())));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    started.push(part);
    return part;
  }

  private void reconcile(String policy) {
    try {
      autoscaler.reconcile(client.demand(policy), clock.instant());
    } catch (InterruptedException e) {
      // The demo ends.
      Thread.currentThread().interrupt();
    }
  }

  DemoAdapter adapter() {
    return adapter;
  }

  LoopState loop() {
    return new LoopState(clock.instant(), adapter.decision(), autoscaler.desired(), fleet.state());
  }

  /** Looks at everything; fails with what stopped the demo, if anything did. */
  DemoSnapshot look() throws InterruptedException {
    load.check();
    scaling.check();
    return client.read(loop(), real.instant());
  }

  /** Stops the parts, the last first; each is stopped whatever becomes of the others. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        failure = new IOException("the demo did not stop cleanly: " + e.getMessage(), e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
