// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An error that grows with the distance, or is larger than it says, would bend every forecast. */
final class CompactSumsTest {
  private static final int KEPT = 1000;
  private static final int BLOCK = CompactSums.BLOCK;

  /** What is added, of a kind that real series are. */
  record Kind(String name, DoubleSupplier additions) {}

  static Stream<Kind> kinds() {
    SplittableRandom random = new SplittableRandom(23);
    return Stream.of(
        new Kind("noise", random::nextGaussian),
        new Kind("counts", () -> Math.sqrt(random.nextInt(40))),
        new Kind("rare spikes", () -> random.nextInt(100) == 0 ? 1e6 : random.nextDouble()),
        new Kind("large and almost flat", () -> 1e6 + random.nextDouble()),
        new Kind("two levels", () -> random.nextBoolean() ? 0 : 30),
        new Kind("tiny", () -> 1e-9 * random.nextDouble()),
        new Kind("always the same", () -> 7.3),
        new Kind("nothing", () -> 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void at_isWithinItsBound_andExactWhereItSaysSo(Kind kind) {
    CompactSums compact = new CompactSums(KEPT);
    double[] sums = new double[10 * KEPT];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = i == 0 ? 0 : sums[i - 1] + kind.additions.getAsDouble();
      compact.append(sums[i]);
      if (i % 97 == 0 || i > sums.length - 2 * BLOCK) {
        assertKept(compact, sums, i);
      }
    }
  }

  private static void assertKept(CompactSums compact, double[] sums, int newest) {
    assertThat(compact.size()).isEqualTo(newest + 1);
    double bound = 0;
    int oldest = Math.max(0, newest - KEPT + 1);
    for (int i = oldest; i <= newest; i++) {
      boolean isOpen = i / BLOCK == newest / BLOCK;
      if (!isOpen && (i == oldest || i % BLOCK == 0)) {
        bound = bound(sums, i / BLOCK * BLOCK);
      }
      boolean isExact = isOpen || i % BLOCK == 0;
      double error = Math.abs(compact.at(i) - sums[i]);
      // Not one assertion each: there are hundreds of thousands.
      if (error > (isExact ? 0 : bound)) {
        throw new AssertionError("point %d of %d errs by %s".formatted(i, newest, error));
      }
    }
  }

  /** The bound of the class's Javadoc. */
  private static double bound(double[] sums, int from) {
    double[] added = new double[BLOCK - 1];
    Arrays.setAll(added, i -> sums[from + i + 1] - sums[from + i]);
    double lo = Arrays.stream(added).min().orElseThrow();
    double hi = Arrays.stream(added).max().orElseThrow();
    double digits = 1e-15 * Math.abs(sums[from + BLOCK - 1]);
    return (hi - lo) / 28 + 1e-5 * (Math.abs(lo) + Math.abs(hi)) + digits;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void archive_goesOnWhereItWas(Kind kind) {
    CompactSums original = new CompactSums(KEPT);
    double sum = 0;
    for (int i = 0; i < 3 * KEPT; i++) {
      sum += kind.additions.getAsDouble();
      original.append(sum);
    }
    ByteArchive.Size size = new ByteArchive.Size();
    original.archive(size);
    ByteBuffer bytes = ByteBuffer.allocate(size.bytes());
    original.archive(new ByteArchive.Save(bytes));
    CompactSums restored = new CompactSums(KEPT);
    restored.archive(new ByteArchive.Restore(bytes.flip()));
    for (int i = 0; i < KEPT; i++) {
      sum += kind.additions.getAsDouble();
      original.append(sum);
      restored.append(sum);
      long oldest = original.size() - KEPT;
      assertThat(restored.at(oldest)).isEqualTo(original.at(oldest));
    }
  }
}
