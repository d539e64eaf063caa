// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Capacity;
import io.agentscale.simulations.score.Score.Elasticity;
import io.agentscale.simulations.score.Score.ForecastScore;
import io.agentscale.simulations.score.Scoreboard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges replicas by a recorded demand, whoever asked for them.
 *
 * <p>Each step counts with the demand and the replicas at its beginning. A step of which anything
 * is unknown, of the demand or of any of the replicas compared, counts for nobody: the time of the
 * score stands still in it.
 *
 * @param demand of the stretch that is scored
 * @param compared all replicas that are judged
 * @param perReplica demand that one ready replica carries
 * @param perReplicaHour price of a replica; empty without one
 */
public record Judge(
    Recording demand,
    List<Replicas> compared,
    Quantity perReplica,
    Optional<Double> perReplicaHour) {
  private static final double DECIMALS = 1e4;

  public Judge {
    compared = List.copyOf(compared);
  }

  /**
   * Returns the fewest replicas that carry a demand, at least 1; NaN if it is unknown. It is
   * counted in thousandths and rounded up, as policies do.
   */
  public static double needed(double demand, Quantity perReplica) {
    return Double.isNaN(demand)
        ? Double.NaN
        : Math.max(1, Math.ceilDiv(Capacity.roundedUp(demand).milli(), perReplica.milli()));
  }

  /** Tells whether all is known of a step. */
  boolean isScored(int step) {
    Instant at = time(step);
    return !Double.isNaN(demand.value(step))
        && compared.stream()
            .noneMatch(
                each -> Double.isNaN(each.ready().at(at)) || Double.isNaN(each.asked().at(at)));
  }

  /** Returns the share of the steps that count, in percent. */
  public double scoredPercent() {
    long scored = 0;
    for (int step = 0; step < demand.steps(); step++) {
      scored += isScored(step) ? 1 : 0;
    }
    return 100.0 * scored / demand.steps();
  }

  private Instant time(int step) {
    return demand.start().plus(demand.step().multipliedBy(step));
  }

  private double stepSeconds() {
    return demand.step().toMillis() / 1000.0;
  }

  /** Judges some of the replicas that are compared. */
  public Judged judge(
      String name, boolean real, Replicas replicas, Optional<ForecastScore> forecast) {
    Sum sum = new Sum();
    for (int step = 0; step < demand.steps(); step++) {
      if (isScored(step)) {
        Instant at = time(step);
        sum.add(step, (int) replicas.ready().at(at), (int) replicas.asked().at(at));
      }
    }
    return new Judged(name, real, replicas, sum.scores(forecast), Optional.ofNullable(sum.worst));
  }

  /** The scores so far. */
  private final class Sum {
    private final Scoreboard board = new Scoreboard();
    private double clock;
    private double allDemand;
    private double shortDemand;
    private double shortSeconds;
    private @Nullable Shortage worst;

    private void add(int step, int ready, int asked) {
      board.fleet(clock, asked, ready, 0);
      board.need(clock, (int) needed(demand.value(step), perReplica));
      if (clock == 0) {
        board.startWith(asked);
        board.begin(0);
      }
      board.ask(step * stepSeconds(), asked);
      allDemand += demand.value(step) * stepSeconds();
      double carried = perReplica.doubleValue() * ready;
      Shortage shortage = new Shortage(time(step), demand.value(step), ready, carried);
      if (ready < needed(demand.value(step), perReplica) && shortage.missing() > 0) {
        shortDemand += shortage.missing() * stepSeconds();
        shortSeconds += stepSeconds();
        worst = worst == null || shortage.missing() > worst.missing() ? shortage : worst;
      }
      clock += stepSeconds();
      board.advance(clock);
    }

    private BacktestScores scores(Optional<ForecastScore> forecast) {
      Elasticity elasticity = board.elasticity();
      double hours = board.replicas().replicaHours();
      return new BacktestScores(
          rounded(hours),
          perReplicaHour.map(price -> rounded(hours * price)).orElse(null),
          rounded(board.replicas().costRatio()),
          rounded(board.replicas().minimalHours()),
          rounded(board.replicas().readyHours()),
          rounded(shortSeconds / 60),
          rounded(100 * shortSeconds / clock),
          rounded(allDemand > 0 ? 100 * shortDemand / allDemand : 0),
          rounded(worst == null ? 0 : worst.missing()),
          rounded(elasticity.overTimePercent()),
          rounded(board.replicas().wastedHours()),
          rounded(elasticity.underProvisionPercent()),
          rounded(elasticity.overProvisionPercent()),
          board.replicas().most(),
          board.restlessness().scaleActions(),
          board.restlessness().flaps(),
          forecast.flatMap(ForecastScore::skill).map(Judge::rounded).orElse(null),
          forecast.map(score -> rounded(score.coverage())).orElse(null));
    }
  }

  private static double rounded(double value) {
    return Math.rint(value * DECIMALS) / DECIMALS;
  }
}
