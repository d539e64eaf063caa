// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.keda.wire.ExternalScalerGrpc.ExternalScalerBlockingStub;
import io.agentscale.adapter.keda.wire.ScaledObjectRef;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * KEDA asks three questions six times a minute for each trigger: a thousand triggers' minute is
 * asked here as fast as it goes, each answer checked. Prints how fast that was, on one connection
 * with 16 questions at a time; nothing depends on it.
 */
final class LoadTest {
  private static final int TRIGGERS = 1_000;
  private static final int CALLS = TRIGGERS * 18;
  private static final int AT_ONCE = 16;

  @Test
  void aMinuteOfAThousandTriggers() throws IOException, InterruptedException {
    try (Keda keda = new Keda();
        ExecutorService askers = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < TRIGGERS; i++) {
        keda.board.post(
            TestPolicy.named("policy-" + i)
                .known(Integer.toString(i + 1), 1, keda.clock.instant()));
      }
      AtomicInteger wrong = new AtomicInteger();
      long[] nanos = new long[CALLS];
      CountDownLatch answered = new CountDownLatch(CALLS);
      long started = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        int number = call;
        askers.execute(
            () -> {
              long asked = System.nanoTime();
              if (!isRight(keda.blocking(), number)) {
                wrong.incrementAndGet();
              }
              nanos[number] = System.nanoTime() - asked;
              answered.countDown();
            });
      }
      answered.await();
      double seconds = (System.nanoTime() - started) / 1e9;
      Arrays.sort(nanos);
      System.out.printf(
          "KEDA door: %,d calls in %.2f s: %,.0f calls/s (needed: 300); p50 %.2f ms, p99 %.2f ms%n",
          CALLS, seconds, CALLS / seconds, nanos[CALLS / 2] / 1e6, nanos[CALLS * 99 / 100] / 1e6);
      assertThat(wrong).hasValue(0);
    }
  }

  /** A policy's demand is that of its minimum at least, and that of its maximum at most. */
  private static boolean isRight(ExternalScalerBlockingStub stub, int call) {
    int policy = call / 3 % TRIGGERS;
    ScaledObjectRef trigger = Keda.trigger("policy", "policy-" + policy);
    return switch (call % 3) {
      case 0 -> stub.isActive(trigger).getResult();
      case 1 -> stub.getMetricSpec(trigger).getMetricSpecs(0).getTargetSize() == 12;
      default ->
          stub.getMetrics(Keda.question(trigger, "agentscale-policy-" + policy))
                  .getMetricValues(0)
                  .getMetricValue()
              == Math.clamp(policy + 1, 12, 480);
    };
  }
}
