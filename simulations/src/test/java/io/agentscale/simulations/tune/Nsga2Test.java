// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A search that stops short of the front recommends settings that a better one would beat. */
final class Nsga2Test {
  private static final int VARIABLES = 10;

  /** ZDT1 (Zitzler, Deb, Thiele, 2000): the front is {@code f2 = 1 - sqrt(f1)}, at g = 1. */
  private static List<Double> zdt1(Candidate candidate) {
    double f1 = candidate.values().getFirst();
    double g = g(candidate);
    return List.of(f1, g * (1 - Math.sqrt(f1 / g)));
  }

  /** ZDT3: the front has five parts. */
  private static List<Double> zdt3(Candidate candidate) {
    double f1 = candidate.values().getFirst();
    double g = g(candidate);
    return List.of(f1, g * (1 - Math.sqrt(f1 / g) - f1 / g * Math.sin(10 * Math.PI * f1)));
  }

  private static double g(Candidate candidate) {
    double sum = candidate.values().stream().skip(1).mapToDouble(Double::doubleValue).sum();
    return 1 + 9 * sum / (VARIABLES - 1);
  }

  private static List<Gene> unitGenes() {
    return IntStream.range(0, VARIABLES)
        .mapToObj(i -> new Gene("x" + i, 0, 1, Gene.Scale.LINEAR))
        .toList();
  }

  private static Nsga2.Evaluator each(java.util.function.Function<Candidate, List<Double>> f) {
    return candidates -> candidates.stream().map(c -> new Evaluation(c, f.apply(c), 0)).toList();
  }

  @Test
  void search_zdt1_reachesTheWholeFront() {
    List<Evaluation> all =
        new Nsga2(unitGenes(), 100, each(Nsga2Test::zdt1), 7).search(List.of(), 15_000);

    List<Evaluation> front = Ranking.paretoFront(all);
    double[] distances =
        front.stream()
            .mapToDouble(e -> e.objectives().get(1) - (1 - Math.sqrt(e.objectives().getFirst())))
            .toArray();
    assertThat(DoubleStream.of(distances).average().orElseThrow()).isBetween(0.0, 0.02);
    assertThat(largestGap(front)).isLessThan(0.05);
  }

  @Test
  void search_zdt3_findsAllFiveParts() {
    List<Evaluation> all =
        new Nsga2(unitGenes(), 100, each(Nsga2Test::zdt3), 7).search(List.of(), 15_000);

    // The parts of the front, by f1 (Zitzler, Deb, Thiele, 2000).
    double[][] parts = {
      {0, 0.0830}, {0.1822, 0.2578}, {0.4093, 0.4539}, {0.6183, 0.6525}, {0.8233, 0.8519}
    };
    List<Evaluation> front = Ranking.paretoFront(all);
    for (double[] part : parts) {
      assertThat(front)
          .anyMatch(
              e -> e.objectives().getFirst() >= part[0] && e.objectives().getFirst() <= part[1]);
    }
  }

  private static double largestGap(List<Evaluation> front) {
    List<Double> f1 = new ArrayList<>(List.of(0.0, 1.0));
    front.forEach(e -> f1.add(e.objectives().getFirst()));
    f1.sort(Comparator.naturalOrder());
    return IntStream.range(1, f1.size())
        .mapToDouble(i -> f1.get(i) - f1.get(i - 1))
        .max()
        .orElse(1);
  }

  @Test
  void search_sameSeed_sameCandidates() {
    List<Evaluation> one =
        new Nsga2(unitGenes(), 20, each(Nsga2Test::zdt1), 3).search(List.of(), 300);
    List<Evaluation> same =
        new Nsga2(unitGenes(), 20, each(Nsga2Test::zdt1), 3).search(List.of(), 300);
    List<Evaluation> other =
        new Nsga2(unitGenes(), 20, each(Nsga2Test::zdt1), 4).search(List.of(), 300);

    assertThat(same).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void search_fewChoices_evaluatesEachOnceAndEnds() {
    List<Gene> genes = List.of(new Gene("min", 1, 3, Gene.Scale.WHOLE), Gene.choice("policy", 2));
    Nsga2.Evaluator evaluator =
        each(c -> List.of(c.values().getFirst(), -c.values().getFirst() - c.values().getLast()));

    List<Evaluation> all = new Nsga2(genes, 4, evaluator, 1).search(List.of(), 1_000);

    assertThat(all).hasSizeLessThanOrEqualTo(6);
    assertThat(new HashSet<>(all.stream().map(Evaluation::candidate).toList())).hasSize(6);
  }

  @Test
  void search_firstCandidates_areEvaluatedFirst() {
    Candidate present = new Candidate(List.of(2.0, 1.0));
    List<Gene> genes = List.of(new Gene("min", 1, 3, Gene.Scale.WHOLE), Gene.choice("policy", 2));

    List<Evaluation> all =
        new Nsga2(genes, 4, each(c -> c.values()), 1).search(List.of(present), 4);

    assertThat(all.getFirst().candidate()).isEqualTo(present);
    assertThat(all).hasSize(4);
  }

  @Test
  void dominates_violation_goesBeforeObjectives() {
    Candidate any = new Candidate(List.of());
    Evaluation allowed = new Evaluation(any, List.of(9.0, 9.0), 0);
    Evaluation forbidden = new Evaluation(any, List.of(1.0, 1.0), 0.5);

    assertThat(allowed.dominates(forbidden)).isTrue();
    assertThat(forbidden.dominates(allowed)).isFalse();
    assertThat(allowed.dominates(allowed)).isFalse();
  }

  @Test
  void gene_placeOfAValue_leadsBackToIt() {
    List<Gene> genes =
        List.of(
            new Gene("linear", -2, 5, Gene.Scale.LINEAR),
            new Gene("window", 10, 600, Gene.Scale.LOGARITHMIC),
            new Gene("whole", 2, 9, Gene.Scale.WHOLE));
    for (Gene gene : genes) {
      for (int i = 0; i <= 100; i++) {
        double value = gene.at(i / 100.0);
        assertThat(value).isBetween(gene.low(), gene.high());
        assertThat(gene.at(gene.place(value)))
            .isCloseTo(value, org.assertj.core.api.Assertions.within(1e-9));
      }
    }
  }
}
