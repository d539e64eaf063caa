// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.sample;

import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The latest answer to each question, for as long as what it was made of is the very same object.
 *
 * <p>Between two fetches the same question so has the same answer object, and whoever renders
 * answers can tell by that that there is nothing new to render. What answers are made of is not
 * kept alive by them. When the answers weigh too much together, those not asked for the longest are
 * forgotten.
 *
 * @param <Q> the question; compared by its {@code equals}
 * @param <A> the answer
 */
public final class AnswerMemory<Q, A> {

  /**
   * An answer and until when it may be given again.
   *
   * @param answer what to give
   * @param until the last moment to give it without making it anew
   */
  public record Made<A>(A answer, Instant until) {}

  private record Entry<A>(WeakReference<Object> source, Made<A> made, int weight) {}

  private final int maxWeight;
  private final ToIntFunction<A> weigher;
  private final Map<Q, Entry<A>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  /**
   * Creates an empty memory.
   *
   * @param maxWeight of all answers together
   * @param weigher what one answer weighs; one is added for its being kept at all
   */
  public AnswerMemory(int maxWeight, ToIntFunction<A> weigher) {
    this.maxWeight = maxWeight;
    this.weigher = weigher;
  }

  /** Returns the answer given before if it was made of {@code source}, else makes and keeps it. */
  public A get(Q question, Object source, Instant now, Supplier<Made<A>> maker) {
    Made<A> known = find(question, source);
    if (known != null && !now.isAfter(known.until())) {
      return known.answer();
    }
    Made<A> made = maker.get();
    keep(question, new Entry<>(new WeakReference<>(source), made, weigh(made.answer())));
    return made.answer();
  }

  /** Returns how many answers are kept. */
  public synchronized int size() {
    return entries.size();
  }

  @SuppressWarnings("ReferenceEquality") // Being the same object is the whole point.
  private synchronized @Nullable Made<A> find(Q question, Object source) {
    Entry<A> entry = entries.get(question);
    return entry != null && entry.source().get() == source ? entry.made() : null;
  }

  private int weigh(A answer) {
    return 1 + weigher.applyAsInt(answer);
  }

  private synchronized void keep(Q question, Entry<A> entry) {
    Entry<A> old = entries.put(question, entry);
    weight += entry.weight() - (old == null ? 0 : old.weight());
    Iterator<Entry<A>> eldest = entries.values().iterator();
    while (weight > maxWeight && entries.size() > 1) {
      weight -= eldest.next().weight();
      eldest.remove();
    }
  }
}
