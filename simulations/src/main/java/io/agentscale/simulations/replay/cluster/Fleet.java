// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import io.agentscale.simulations.replay.cluster.Cluster.ScaleIn;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.RandomStream;
import io.agentscale.simulations.workload.Sampler;
import io.agentscale.simulations.workload.TimeHeap;
import java.time.Duration;
import java.util.Arrays;

/**
 * The pods of one replay, from creation to end.
 *
 * <p>Pods are small numbers, used again after a pod's end. Times are seconds since the replay's
 * start.
 */
public final class Fleet {
  private static final int NODE_COMES = -1;
  private static final int NODE_SPARE = -2;

  private final Cluster cluster;
  private final PodListener listener;
  private final RandomStream random;
  private final Sampler creationSeconds;
  private final boolean createsAtOnce;
  private final Sampler pendingSeconds;
  private final Sampler loadingSeconds;
  private final Sampler provisioningSeconds;
  private final double readinessLag;
  private final double grace;
  private final TimeHeap changes = new TimeHeap(64);

  private PodState[] states = new PodState[16];
  private double[] due = new double[16];
  private double[] started = new double[16];
  private double[] readySince = new double[16];
  private long[] order = new long[16];
  private final int[] counts = new int[PodState.values().length];
  private long createdSoFar;
  private long version;
  private int used;

  private int nodes;
  private int nodesComing;
  private double spareSince = Double.POSITIVE_INFINITY;

  public Fleet(Cluster cluster, RandomStream random, PodListener listener) {
    this.cluster = cluster;
    this.listener = listener;
    this.random = random;
    Distribution creation = cluster.startUp().creation();
    creationSeconds = new Sampler(creation);
    createsAtOnce = creation.equals(new Distribution.Constant(0));
    pendingSeconds = new Sampler(cluster.startUp().pending());
    loadingSeconds = new Sampler(cluster.startUp().loading());
    provisioningSeconds = new Sampler(cluster.nodes().provisioning());
    readinessLag = seconds(cluster.readinessLag());
    grace = seconds(cluster.terminationGrace());
    Arrays.fill(states, PodState.FREE);
    nodes = cluster.nodes().least();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** Creates the pods that are there, and serve, from the beginning. */
  public void begin() {
    int wanted = Math.ceilDiv(cluster.initialReplicas(), cluster.nodes().podsPerNode());
    nodes = Math.clamp(wanted, nodes, cluster.nodes().most());
    for (int i = 0; i < cluster.initialReplicas(); i++) {
      int pod = create();
      started[pod] = Double.NEGATIVE_INFINITY;
      readySince[pod] = Double.NEGATIVE_INFINITY;
      become(pod, PodState.SERVING);
      listener.serve(0, pod);
    }
  }

  public int count(PodState state) {
    return counts[state.index()];
  }

  /** Returns how many replicas are asked for: those there are, and those not created yet. */
  public int replicas() {
    return created() + count(PodState.WANTED);
  }

  /** Returns how many replicas there are, ready or not, deleted ones left out. */
  public int created() {
    return count(PodState.UNSCHEDULED) + starting() + ready();
  }

  /** Returns how many are on a node and not ready yet. */
  public int starting() {
    return count(PodState.PENDING) + count(PodState.LOADING);
  }

  /** Returns how many are Ready, whether or not runs reach them yet. */
  public int ready() {
    return count(PodState.READY) + count(PodState.SERVING);
  }

  public int serving() {
    return count(PodState.SERVING);
  }

  /** Returns how many have to be paid for: all on a node, those that drain included. */
  public int present() {
    return starting() + ready() + count(PodState.DRAINING);
  }

  public int nodes() {
    return nodes;
  }

  /** Returns a number that is another one after every change. */
  public long version() {
    return version;
  }

  /** Returns the bound of the numbers in use. */
  public int bound() {
    return used;
  }

  public PodState state(int pod) {
    return states[pod];
  }

  /** Returns the pod's place in the order of creation, which no other pod ever has. */
  public long number(int pod) {
    return order[pod];
  }

  /** Returns when the pod came onto its node. */
  public double startedAt(int pod) {
    return started[pod];
  }

  public double readySince(int pod) {
    return readySince[pod];
  }

  /** Returns when something changes by itself, infinity if nothing does. */
  public double nextChange() {
    return changes.firstTime();
  }

  /** Makes the changes due by now. */
  public void advance(double now) {
    while (changes.firstTime() <= now) {
      double at = changes.firstTime();
      int pod = changes.removeFirst();
      if (pod == NODE_COMES) {
        nodesComing--;
        nodes++;
        version++;
        place(at);
      } else if (pod == NODE_SPARE) {
        removeSpare(at);
      } else if (states[pod] != PodState.FREE && due[pod] == at) {
        next(pod, at);
      }
    }
  }

  private void next(int pod, double now) {
    switch (states[pod]) {
      case WANTED -> {
        become(pod, PodState.UNSCHEDULED);
        due[pod] = Double.NaN;
        place(now);
      }
      case PENDING -> {
        become(pod, PodState.LOADING);
        schedule(pod, now + loadingSeconds.next(random));
      }
      case LOADING -> {
        become(pod, PodState.READY);
        readySince[pod] = now;
        schedule(pod, now + readinessLag);
      }
      case READY -> {
        become(pod, PodState.SERVING);
        due[pod] = Double.NaN;
        listener.serve(now, pod);
      }
      case DRAINING -> {
        listener.kill(now, pod);
        gone(now, pod);
      }
      case FREE, UNSCHEDULED, SERVING -> throw new IllegalStateException("no change due");
    }
  }

  /** Creates or deletes pods, until there are that many replicas. */
  public void scaleTo(double now, int replicas) {
    int missing = replicas - replicas();
    // One controller creates all of them; without a delay nothing is drawn.
    double delay = missing > 0 && !createsAtOnce ? creationSeconds.next(random) : 0;
    for (int i = 0; i < missing; i++) {
      int pod = create();
      if (delay > 0) {
        become(pod, PodState.WANTED);
        schedule(pod, now + delay);
      }
    }
    for (int i = missing; i < 0; i++) {
      delete(now, victim());
    }
    if (missing > 0) {
      place(now);
    } else if (missing < 0) {
      watchSpare(now);
    }
  }

  /** The engine says that a draining pod has no runs left. */
  public void gone(double now, int pod) {
    become(pod, PodState.FREE);
    place(now);
  }

  private int create() {
    int pod = 0;
    while (pod < used && states[pod] != PodState.FREE) {
      pod++;
    }
    if (pod == used) {
      used++;
      if (used > states.length) {
        grow();
      }
    }
    order[pod] = createdSoFar++;
    due[pod] = Double.NaN;
    become(pod, PodState.UNSCHEDULED);
    return pod;
  }

  private void grow() {
    int from = states.length;
    states = Arrays.copyOf(states, 2 * from);
    Arrays.fill(states, from, 2 * from, PodState.FREE);
    due = Arrays.copyOf(due, 2 * from);
    started = Arrays.copyOf(started, 2 * from);
    readySince = Arrays.copyOf(readySince, 2 * from);
    order = Arrays.copyOf(order, 2 * from);
  }

  /** Puts pods onto nodes, oldest first, and asks for nodes for those that find no room. */
  private void place(double now) {
    while (count(PodState.UNSCHEDULED) > 0 && present() < room(nodes)) {
      int pod = oldestUnscheduled();
      become(pod, PodState.PENDING);
      started[pod] = now;
      schedule(pod, now + pendingSeconds.next(random));
    }
    int most = cluster.nodes().most();
    while (count(PodState.UNSCHEDULED) + present() > room(nodes + nodesComing)
        && nodes + nodesComing < most) {
      nodesComing++;
      changes.add(now + provisioningSeconds.next(random), NODE_COMES);
    }
    watchSpare(now);
  }

  private long room(int nodeCount) {
    return (long) nodeCount * cluster.nodes().podsPerNode();
  }

  private int oldestUnscheduled() {
    int oldest = -1;
    for (int pod = 0; pod < used; pod++) {
      if (states[pod] == PodState.UNSCHEDULED && (oldest < 0 || order[pod] < order[oldest])) {
        oldest = pod;
      }
    }
    return oldest;
  }

  private boolean isSpare() {
    return nodes > cluster.nodes().least() && present() <= room(nodes - 1);
  }

  private void watchSpare(double now) {
    if (!isSpare()) {
      spareSince = Double.POSITIVE_INFINITY;
    } else if (spareSince == Double.POSITIVE_INFINITY) {
      spareSince = now;
      changes.add(now + seconds(cluster.nodes().spareFor()), NODE_SPARE);
    }
  }

  private void removeSpare(double now) {
    double spareFor = seconds(cluster.nodes().spareFor());
    if (!isSpare()) {
      spareSince = Double.POSITIVE_INFINITY;
    } else if (spareSince + spareFor <= now) {
      nodes--;
      version++;
      spareSince = Double.POSITIVE_INFINITY;
      watchSpare(now);
    }
  }

  private int victim() {
    int victim = -1;
    for (int pod = 0; pod < used; pod++) {
      if (states[pod].isReplica() && (victim < 0 || goesBefore(pod, victim))) {
        victim = pod;
      }
    }
    return victim;
  }

  private boolean goesBefore(int pod, int other) {
    boolean wanted = states[pod] == PodState.WANTED;
    if (wanted != (states[other] == PodState.WANTED)) {
      return wanted;
    }
    boolean ready = states[pod].isReady();
    if (ready != states[other].isReady()) {
      return !ready;
    }
    if (ready && cluster.scaleIn() == ScaleIn.IDLEST) {
      double difference = runs(pod) - runs(other);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return order[pod] > order[other];
  }

  private double runs(int pod) {
    return states[pod] == PodState.SERVING ? listener.runs(pod) : 0;
  }

  private void delete(double now, int pod) {
    if (states[pod] == PodState.SERVING) {
      become(pod, PodState.DRAINING);
      schedule(pod, now + grace);
      listener.drain(now, pod);
    } else {
      become(pod, PodState.FREE);
    }
  }

  private void schedule(int pod, double at) {
    due[pod] = at;
    changes.add(at, pod);
  }

  private void become(int pod, PodState state) {
    if (states[pod] != PodState.FREE) {
      counts[states[pod].index()]--;
    }
    states[pod] = state;
    if (state != PodState.FREE) {
      counts[state.index()]++;
    }
    version++;
  }
}
