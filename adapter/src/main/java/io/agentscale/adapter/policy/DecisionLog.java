// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One policy's last decisions, in some ten bytes each and a hundred for each forecast: what they
 * were made of is kept, and they are made again when they are asked for.
 */
final class DecisionLog {
  /** Large enough that beginning anew costs little, small enough that little is kept too long. */
  private static final int CHUNK = 50;

  private final int kept;
  // The oldest first; the last is written to.
  private final Deque<DecisionChunk> chunks = new ArrayDeque<>();
  private final Map<Instant, List<String>> actions = new TreeMap<>();
  private int size;

  DecisionLog(int kept) {
    this.kept = kept;
    chunks.add(new DecisionChunk());
  }

  void add(DecisionInputs inputs) {
    if (chunks.getLast().size() == CHUNK) {
      chunks.add(chunks.getLast().seal());
    }
    chunks.getLast().add(inputs);
    size++;
    if (size - chunks.getFirst().size() >= kept) {
      size -= chunks.removeFirst().size();
      actions.keySet().removeIf(at -> at.isBefore(chunks.getFirst().begin()));
    }
  }

  /** Notes what was written because of the decision made then. */
  void acted(Instant at, List<String> done) {
    if (!done.isEmpty() && !at.isBefore(chunks.getFirst().begin())) {
      List<String> all = new ArrayList<>(actions.getOrDefault(at, List.of()));
      all.addAll(done);
      actions.put(at, List.copyOf(all));
    }
  }

  /** Returns the last decisions since a time, at most so many, the oldest first. */
  List<DecisionRecord> since(Instant since, int most) {
    List<DecisionRecord> records = new ArrayList<>();
    int skipped = Math.max(size - Math.min(most, kept), 0);
    for (DecisionChunk chunk : chunks) {
      if (skipped >= chunk.size()) {
        skipped -= chunk.size();
        continue;
      }
      for (DecisionInputs inputs : chunk.decisions().subList(skipped, chunk.size())) {
        if (!inputs.at().isBefore(since)) {
          records.add(inputs.decide(actions.getOrDefault(inputs.at(), List.of())));
        }
      }
      skipped = 0;
    }
    return records;
  }
}
