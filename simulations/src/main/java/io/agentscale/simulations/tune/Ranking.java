// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Evaluations in the order NSGA-II prefers them: by front, and within a front those with the most
 * room around them first (Deb et al., "A fast and elitist multiobjective genetic algorithm:
 * NSGA-II", 2002, sections III.A and III.B).
 */
public final class Ranking {
  private final List<Evaluation> evaluations;
  private final int[] front;
  private final double[] room;

  private Ranking(List<Evaluation> evaluations) {
    this.evaluations = List.copyOf(evaluations);
    this.front = new int[evaluations.size()];
    this.room = new double[evaluations.size()];
    List<List<Integer>> fronts = fronts();
    for (int rank = 0; rank < fronts.size(); rank++) {
      for (int member : fronts.get(rank)) {
        front[member] = rank;
      }
      measureRoom(fronts.get(rank));
    }
  }

  static Ranking of(List<Evaluation> evaluations) {
    return new Ranking(evaluations);
  }

  /** Returns those that no other dominates, in the order given. */
  public static List<Evaluation> paretoFront(List<Evaluation> evaluations) {
    // None is dominated by one that comes after it in this order.
    List<Evaluation> sorted = new ArrayList<>(evaluations);
    sorted.sort(Ranking::lexicographically);
    Set<Evaluation> front = new LinkedHashSet<>();
    for (Evaluation next : sorted) {
      if (front.stream().noneMatch(kept -> kept.dominates(next))) {
        front.add(next);
      }
    }
    return evaluations.stream().filter(front::contains).toList();
  }

  private static int lexicographically(Evaluation one, Evaluation other) {
    int order = Double.compare(one.violation(), other.violation());
    for (int i = 0; order == 0 && i < one.objectives().size(); i++) {
      order = Double.compare(one.objectives().get(i), other.objectives().get(i));
    }
    return order;
  }

  /** Returns the best ones, best first. */
  List<Evaluation> best(int count) {
    return IntStream.range(0, evaluations.size())
        .boxed()
        .sorted(this::compare)
        .limit(count)
        .map(evaluations::get)
        .toList();
  }

  /** Returns the better of two by their index; the first of equals. */
  int better(int one, int other) {
    return compare(one, other) <= 0 ? one : other;
  }

  private int compare(int one, int other) {
    return front[one] != front[other]
        ? Integer.compare(front[one], front[other])
        : Double.compare(room[other], room[one]);
  }

  private List<List<Integer>> fronts() {
    int[] dominators = new int[evaluations.size()];
    List<List<Integer>> dominated = new ArrayList<>();
    for (int i = 0; i < evaluations.size(); i++) {
      dominated.add(new ArrayList<>());
      for (int j = 0; j < evaluations.size(); j++) {
        if (evaluations.get(i).dominates(evaluations.get(j))) {
          dominated.get(i).add(j);
        } else if (evaluations.get(j).dominates(evaluations.get(i))) {
          dominators[i]++;
        }
      }
    }
    List<List<Integer>> fronts = new ArrayList<>();
    List<Integer> current =
        IntStream.range(0, evaluations.size()).filter(i -> dominators[i] == 0).boxed().toList();
    while (!current.isEmpty()) {
      fronts.add(current);
      List<Integer> next = new ArrayList<>();
      for (int member : current) {
        for (int below : dominated.get(member)) {
          if (--dominators[below] == 0) {
            next.add(below);
          }
        }
      }
      next.sort(Comparator.naturalOrder());
      current = next;
    }
    return fronts;
  }

  /**
   * Adds up, over the objectives, how far apart the two neighbours are; the ends are kept first.
   */
  private void measureRoom(List<Integer> members) {
    int objectives = evaluations.get(members.getFirst()).objectives().size();
    for (int objective = 0; objective < objectives; objective++) {
      int of = objective;
      Integer[] sorted = members.toArray(Integer[]::new);
      Arrays.sort(sorted, Comparator.comparingDouble((Integer member) -> value(member, of)));
      double range = value(sorted[sorted.length - 1], of) - value(sorted[0], of);
      room[sorted[0]] = Double.POSITIVE_INFINITY;
      room[sorted[sorted.length - 1]] = Double.POSITIVE_INFINITY;
      for (int i = 1; i < sorted.length - 1 && range > 0; i++) {
        room[sorted[i]] += (value(sorted[i + 1], of) - value(sorted[i - 1], of)) / range;
      }
    }
  }

  private double value(int member, int objective) {
    return evaluations.get(member).objectives().get(objective);
  }
}
