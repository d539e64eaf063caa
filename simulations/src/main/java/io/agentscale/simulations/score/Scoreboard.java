// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

import io.agentscale.simulations.score.Score.Elasticity;
import io.agentscale.simulations.score.Score.Replicas;
import io.agentscale.simulations.score.Score.Restlessness;

/** Adds up, as time passes, what replicas there were and what were needed. */
public final class Scoreboard {
  private static final double HOUR = 3600;
  private static final double FLAP_SECONDS = 600;
  private static final double MINUTE = 60;

  private double at;
  private double begun;

  private int present;
  private int ready;
  private int needed = 1;
  private int nodes;
  private int asked;

  private double presentSeconds;
  private double readySeconds;
  private double neededSeconds;
  private double shortSeconds;
  private double wastedSeconds;
  private double nodeSeconds;
  private double underProvision;
  private double overProvision;
  private double underSeconds;
  private double overSeconds;
  private int most;

  private long suppliedChanges;
  private long demandedChanges;
  private double minuteEnds;
  private int minuteReady;
  private int minuteNeeded;
  private long minutes;
  private long unstableMinutes;

  private long actions;
  private long flaps;
  private int lastDirection;
  private double lastActionAt = Double.NEGATIVE_INFINITY;

  /** Forgets what was added up so far, not what is there: scoring begins now. */
  public void begin(double now) {
    advance(now);
    begun = now;
    presentSeconds = 0;
    readySeconds = 0;
    neededSeconds = 0;
    shortSeconds = 0;
    wastedSeconds = 0;
    nodeSeconds = 0;
    underProvision = 0;
    overProvision = 0;
    underSeconds = 0;
    overSeconds = 0;
    most = ready;
    suppliedChanges = 0;
    demandedChanges = 0;
    minutes = 0;
    unstableMinutes = 0;
    minuteEnds = now + MINUTE;
    minuteReady = ready;
    minuteNeeded = needed;
    actions = 0;
    flaps = 0;
  }

  /** The fleet has changed. */
  public void fleet(double now, int presentPods, int readyPods, int readyNodes) {
    if (presentPods != present || readyPods != ready || readyNodes != nodes) {
      advance(now);
      suppliedChanges += readyPods == ready ? 0 : 1;
      present = presentPods;
      ready = readyPods;
      nodes = readyNodes;
      most = Math.max(most, ready);
    }
  }

  /** The fewest replicas that meet the objective are others now. */
  public void need(double now, int replicas) {
    if (replicas != needed) {
      advance(now);
      needed = replicas;
      demandedChanges++;
    }
  }

  /** Another count is asked for. */
  public void ask(double now, int replicas) {
    int direction = Integer.compare(replicas, asked);
    if (direction != 0) {
      actions++;
      if (direction == -lastDirection && now - lastActionAt < FLAP_SECONDS) {
        flaps++;
      }
      lastDirection = direction;
      lastActionAt = now;
      asked = replicas;
    }
  }

  /** The count asked for at the start is nobody's action. */
  public void startWith(int replicas) {
    asked = replicas;
  }

  public int needed() {
    return needed;
  }

  /** Adds what was there up to now. */
  public void advance(double now) {
    while (minuteEnds <= now && minuteEnds > at) {
      pass(minuteEnds);
      minutes++;
      int supplied = Integer.signum(ready - minuteReady);
      int demanded = Integer.signum(needed - minuteNeeded);
      unstableMinutes += supplied == demanded ? 0 : 1;
      minuteReady = ready;
      minuteNeeded = needed;
      minuteEnds += MINUTE;
    }
    pass(now);
  }

  private void pass(double now) {
    double passed = now - at;
    at = now;
    presentSeconds += passed * present;
    readySeconds += passed * ready;
    neededSeconds += passed * needed;
    nodeSeconds += passed * nodes;
    if (ready < needed) {
      shortSeconds += passed * (needed - ready);
      underProvision += passed * (needed - ready) / needed;
      underSeconds += passed;
    } else if (ready > needed) {
      wastedSeconds += passed * (ready - needed);
      overProvision += passed * (ready - needed) / needed;
      overSeconds += passed;
    }
  }

  public Replicas replicas() {
    return new Replicas(
        presentSeconds / HOUR,
        readySeconds / HOUR,
        neededSeconds / HOUR,
        shortSeconds / HOUR,
        wastedSeconds / HOUR,
        nodeSeconds / HOUR,
        most);
  }

  public Elasticity elasticity() {
    double percent = 100 / Math.max(at - begun, Double.MIN_NORMAL);
    return new Elasticity(
        underProvision * percent,
        overProvision * percent,
        underSeconds * percent,
        overSeconds * percent,
        (suppliedChanges - demandedChanges) * HOUR / Math.max(at - begun, Double.MIN_NORMAL),
        minutes == 0 ? 0 : 100.0 * unstableMinutes / minutes);
  }

  public Restlessness restlessness() {
    return new Restlessness(actions, flaps);
  }
}
