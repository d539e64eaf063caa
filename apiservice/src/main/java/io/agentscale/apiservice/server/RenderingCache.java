// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.wire.Format;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bodies already rendered, by request. One stays good as long as the provider answers the request
 * with the very same object, which it does between two samples.
 */
final class RenderingCache {
  /** What is kept beside each body: key, references, table. */
  private static final int OVERHEAD_BYTES = 512;

  /** What decides how a body looks, beside what it says. */
  record Key(String uri, Format format, boolean pretty, boolean zipped) {}

  private record Entry(WeakReference<Object> source, ByteBuffer body) {}

  private final long maxBytes;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  RenderingCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Returns the body made of this object for this request. */
  @SuppressWarnings("ReferenceEquality") // Comparing values would cost as much as rendering them.
  synchronized Optional<ByteBuffer> find(Key key, Object source) {
    Entry entry = entries.get(key);
    return entry != null && entry.source().get() == source
        ? Optional.of(entry.body().duplicate())
        : Optional.empty();
  }

  /** Keeps a body; the ones asked for longest ago make room. */
  synchronized void keep(Key key, Object source, ByteBuffer body) {
    long size = size(key, body);
    if (size > maxBytes / 4) {
      return;
    }
    Entry old = entries.put(key, new Entry(new WeakReference<>(source), body.duplicate()));
    bytes += size - (old == null ? 0 : size(key, old.body()));
    Iterator<Map.Entry<Key, Entry>> eldest = entries.entrySet().iterator();
    while (bytes > maxBytes) {
      Map.Entry<Key, Entry> evicted = eldest.next();
      bytes -= size(evicted.getKey(), evicted.getValue().body());
      eldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  private static long size(Key key, ByteBuffer body) {
    return OVERHEAD_BYTES + 2L * key.uri().length() + body.capacity();
  }
}
