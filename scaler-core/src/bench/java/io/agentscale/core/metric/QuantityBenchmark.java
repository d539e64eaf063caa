// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.metric;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What reading one quantity costs; every target and string sample is read this way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QuantityBenchmark {
  @Param({"250m", "1.5", "64Mi"})
  public String text = "";

  @Benchmark
  public Quantity parse() {
    return Quantity.parse(text);
  }
}
