// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Searches for the candidates that no other beats in all objectives, by the genetic algorithm
 * NSGA-II (Deb et al., 2002): tournaments, simulated binary crossover and polynomial mutation with
 * the authors' settings, and survival by {@link Ranking}.
 *
 * <p>Random numbers are drawn by the search alone, never while candidates are evaluated, so that
 * the same seed leads to the same candidates however many threads evaluate them. A candidate that
 * was evaluated before is not evaluated again.
 */
public final class Nsga2 {
  private static final double CROSSOVER_PROBABILITY = 0.9;
  private static final double CROSSOVER_INDEX = 15;
  private static final double MUTATION_INDEX = 20;

  /** Duplicates are drawn anew this often before fewer children are accepted. */
  private static final int ATTEMPTS_PER_CHILD = 50;

  private final List<Gene> genes;
  private final int populationSize;
  private final Evaluator evaluator;
  private final SplittableRandom random;
  private final Map<Candidate, Evaluation> known = new HashMap<>();
  private final List<Evaluation> all = new ArrayList<>();

  /** Evaluates candidates; the n-th answer is for the n-th candidate. */
  public interface Evaluator {
    List<Evaluation> evaluate(List<Candidate> candidates);
  }

  public Nsga2(List<Gene> genes, int populationSize, Evaluator evaluator, long seed) {
    if (populationSize < 4) {
      throw new IllegalArgumentException("population: must be at least 4, was: " + populationSize);
    }
    this.genes = List.copyOf(genes);
    this.populationSize = populationSize;
    this.evaluator = evaluator;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Searches until a number of candidates has been evaluated, or no new ones are left.
   *
   * @param first candidates to begin with, such as the present settings
   * @param enough is asked before each generation; true ends the search
   * @return all evaluations, in the order they were made
   */
  public List<Evaluation> search(List<Candidate> first, int evaluations, BooleanSupplier enough) {
    List<Candidate> initial = new ArrayList<>(new LinkedHashSet<>(first));
    Set<Candidate> drawn = new HashSet<>(initial);
    int wanted = Math.min(populationSize, evaluations);
    for (int attempt = 0;
        initial.size() < wanted && attempt < wanted * ATTEMPTS_PER_CHILD;
        attempt++) {
      Candidate candidate = draw();
      if (drawn.add(candidate)) {
        initial.add(candidate);
      }
    }
    List<Evaluation> population = evaluate(initial);
    while (all.size() < evaluations && !enough.getAsBoolean()) {
      List<Candidate> children =
          children(population, Math.min(populationSize, evaluations - all.size()));
      if (children.isEmpty()) {
        break;
      }
      List<Evaluation> rivals = new ArrayList<>(population);
      rivals.addAll(evaluate(children));
      population = Ranking.of(rivals).best(populationSize);
    }
    return List.copyOf(all);
  }

  /** Searches until a number of candidates has been evaluated, or no new ones are left. */
  public List<Evaluation> search(List<Candidate> first, int evaluations) {
    return search(first, evaluations, () -> false);
  }

  private List<Evaluation> evaluate(List<Candidate> candidates) {
    List<Evaluation> evaluated = evaluator.evaluate(candidates);
    if (evaluated.size() != candidates.size()) {
      throw new IllegalStateException(
          "%d candidates led to %d evaluations".formatted(candidates.size(), evaluated.size()));
    }
    evaluated.forEach(evaluation -> known.put(evaluation.candidate(), evaluation));
    all.addAll(evaluated);
    return evaluated;
  }

  private Candidate draw() {
    return new Candidate(genes.stream().map(gene -> gene.at(random.nextDouble())).toList());
  }

  /** Returns candidates never seen before; fewer than asked for where hardly any are left. */
  private List<Candidate> children(List<Evaluation> population, int count) {
    Ranking ranking = Ranking.of(population);
    Set<Candidate> children = new LinkedHashSet<>();
    int attempts = count * ATTEMPTS_PER_CHILD;
    for (int i = 0; i < attempts && children.size() < count; i++) {
      // A population that has grown alike has only known children; the rest is found by chance.
      List<Candidate> drawn = i < attempts / 2 ? offspring(population, ranking) : List.of(draw());
      drawn.stream()
          .filter(child -> !known.containsKey(child) && children.size() < count)
          .forEach(children::add);
    }
    return List.copyOf(children);
  }

  private List<Candidate> offspring(List<Evaluation> population, Ranking ranking) {
    double[] one = places(parent(population, ranking));
    double[] other = places(parent(population, ranking));
    cross(one, other);
    mutate(one);
    mutate(other);
    return List.of(candidate(one), candidate(other));
  }

  private Candidate parent(List<Evaluation> population, Ranking ranking) {
    int one = random.nextInt(population.size());
    int other = random.nextInt(population.size());
    return population.get(ranking.better(one, other)).candidate();
  }

  private double[] places(Candidate candidate) {
    double[] places = new double[genes.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = genes.get(i).place(candidate.values().get(i));
    }
    return places;
  }

  private Candidate candidate(double[] places) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      values.add(genes.get(i).at(places[i]));
    }
    return new Candidate(values);
  }

  /** Simulated binary crossover (Deb and Agrawal, 1995): children as far apart as their parents. */
  private void cross(double[] one, double[] other) {
    if (random.nextDouble() >= CROSSOVER_PROBABILITY) {
      return;
    }
    for (int i = 0; i < one.length; i++) {
      if (random.nextBoolean()) {
        double u = random.nextDouble();
        double spread =
            u <= 0.5
                ? Math.pow(2 * u, 1 / (CROSSOVER_INDEX + 1))
                : Math.pow(1 / (2 * (1 - u)), 1 / (CROSSOVER_INDEX + 1));
        double middle = (one[i] + other[i]) / 2;
        double half = spread * (other[i] - one[i]) / 2;
        one[i] = Math.clamp(middle - half, 0, 1);
        other[i] = Math.clamp(middle + half, 0, 1);
      }
    }
  }

  /** Polynomial mutation (Deb and Goyal, 1996): one gene on average, mostly a little. */
  private void mutate(double[] places) {
    for (int i = 0; i < places.length; i++) {
      if (random.nextDouble() < 1.0 / places.length) {
        double u = random.nextDouble();
        double shift =
            u < 0.5
                ? Math.pow(2 * u, 1 / (MUTATION_INDEX + 1)) - 1
                : 1 - Math.pow(2 * (1 - u), 1 / (MUTATION_INDEX + 1));
        places[i] = Math.clamp(places[i] + shift, 0, 1);
      }
    }
  }
}
