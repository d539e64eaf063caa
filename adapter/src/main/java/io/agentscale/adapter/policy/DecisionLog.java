// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.PolicyState;
import io.agentscale.core.policy.TokenUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One policy's last decisions, in some sixty bytes each: what went in is kept as numbers, what
 * seldom changes is shared, and decisions are made again when they are asked for.
 */
final class DecisionLog {
  private static final int AT = 0;
  private static final int REPLICAS = 1;
  private static final int LIVE = 2;
  private static final int LIVE_AT = 3;
  private static final int LAST = 4;
  private static final int LAST_AT = 5;
  private static final int FIGURES = 6;
  private static final long NONE = Long.MIN_VALUE;

  private final int kept;
  private final long[] figures;
  private final Setting[] settings;
  private final @Nullable PackedForesight[] foresights;
  // Two a decision; most policies have no quota.
  private long @Nullable [] tokens;
  private final Map<Instant, List<String>> actions = new TreeMap<>();
  private @Nullable Foresight newestForesight;
  private long added;

  /** What is the same for many decisions in a row. */
  private record Setting(
      PolicyKey key,
      PolicySettings policy,
      String liveSource,
      String liveCause,
      String lastSource,
      String tokenSource,
      Optional<ScaleInGuard.Least> guard,
      Optional<AutoscalerView> autoscaler) {}

  DecisionLog(int kept) {
    this.kept = kept;
    figures = new long[kept * FIGURES];
    settings = new Setting[kept];
    foresights = new @Nullable PackedForesight[kept];
  }

  void add(DecisionInputs inputs) {
    int slot = slot(added);
    Setting setting = setting(inputs);
    Setting before = added == 0 ? setting : settings[slot(added - 1)];
    Optional<PackedForesight> foresight = foresight(inputs);
    settings[slot] = setting.equals(before) ? before : setting;
    foresights[slot] = foresight.orElse(null);
    put(inputs, slot * FIGURES);
    putTokens(inputs.observation().tokenUse(), slot);
    added++;
    actions.keySet().removeIf(at -> at.isBefore(oldest()));
  }

  /** Notes what was written because of the decision made then. */
  void acted(Instant at, List<String> done) {
    if (added > 0 && !done.isEmpty() && !at.isBefore(oldest())) {
      List<String> all = new ArrayList<>(actions.getOrDefault(at, List.of()));
      all.addAll(done);
      actions.put(at, List.copyOf(all));
    }
  }

  /** Returns the last decisions since a time, at most so many, the oldest first. */
  List<DecisionRecord> since(Instant since, int most) {
    List<DecisionRecord> records = new ArrayList<>();
    long first = Math.max(added - Math.min(most, kept), 0);
    for (long i = first; i < added; i++) {
      Instant at = at(i);
      if (!at.isBefore(since)) {
        records.add(inputs(slot(i)).decide(actions.getOrDefault(at, List.of())));
      }
    }
    return records;
  }

  private int slot(long index) {
    return (int) (index % kept);
  }

  private Instant at(long index) {
    return Instant.ofEpochMilli(figures[slot(index) * FIGURES + AT]);
  }

  private Instant oldest() {
    return at(Math.max(0, added - kept));
  }

  private static Setting setting(DecisionInputs inputs) {
    PolicyObservation seen = inputs.observation();
    String cause = seen.live() instanceof LiveDemand.Unknown(_, String because) ? because : "";
    return new Setting(
        inputs.key(),
        inputs.settings(),
        seen.live().source(),
        cause,
        inputs.before().lastKnown().map(LiveDemand.Known::source).orElse(""),
        seen.tokenUse().map(TokenUse::source).orElse(""),
        inputs.guard(),
        inputs.autoscaler());
  }

  private Optional<PackedForesight> foresight(DecisionInputs inputs) {
    Optional<Foresight> seen = inputs.observation().foresight();
    if (seen.isEmpty()) {
      newestForesight = null;
      return Optional.empty();
    }
    if (added > 0 && seen.get().equals(newestForesight)) {
      return Optional.ofNullable(foresights[slot(added - 1)]);
    }
    newestForesight = seen.get();
    return Optional.of(PackedForesight.of(seen.get()));
  }

  private void put(DecisionInputs inputs, int base) {
    PolicyObservation seen = inputs.observation();
    figures[base + AT] = inputs.at().toEpochMilli();
    figures[base + REPLICAS] = (long) seen.replicas() << Integer.SIZE | seen.readyReplicas();
    if (seen.live() instanceof LiveDemand.Known known) {
      figures[base + LIVE] = known.demand().milli();
      figures[base + LIVE_AT] = known.at().toEpochMilli();
    } else {
      figures[base + LIVE_AT] = NONE;
    }
    Optional<LiveDemand.Known> last = inputs.before().lastKnown();
    figures[base + LAST] = last.map(known -> known.demand().milli()).orElse(0L);
    figures[base + LAST_AT] = last.map(known -> known.at().toEpochMilli()).orElse(NONE);
  }

  private void putTokens(Optional<TokenUse> use, int slot) {
    if (use.isPresent() && tokens == null) {
      tokens = new long[2 * kept];
      for (int i = 0; i < kept; i++) {
        tokens[2 * i + 1] = NONE;
      }
    }
    if (tokens != null) {
      tokens[2 * slot] = use.map(u -> u.tokensPerMinute().milli()).orElse(0L);
      tokens[2 * slot + 1] = use.map(u -> u.at().toEpochMilli()).orElse(NONE);
    }
  }

  private DecisionInputs inputs(int slot) {
    int base = slot * FIGURES;
    Setting setting = settings[slot];
    LiveDemand live =
        figures[base + LIVE_AT] == NONE
            ? new LiveDemand.Unknown(setting.liveSource, setting.liveCause)
            : known(base + LIVE, setting.liveSource);
    Optional<LiveDemand.Known> last =
        figures[base + LAST_AT] == NONE
            ? Optional.empty()
            : Optional.of(known(base + LAST, setting.lastSource));
    PolicyObservation observation =
        new PolicyObservation(
            (int) (figures[base + REPLICAS] >>> Integer.SIZE),
            (int) figures[base + REPLICAS],
            live,
            foresight(slot, setting),
            tokenUse(slot, setting));
    return new DecisionInputs(
        setting.key,
        setting.policy,
        Instant.ofEpochMilli(figures[base + AT]),
        new PolicyState(last),
        observation,
        setting.guard,
        setting.autoscaler);
  }

  private LiveDemand.Known known(int at, String source) {
    return new LiveDemand.Known(
        Quantity.ofMilli(figures[at]), Instant.ofEpochMilli(figures[at + 1]), source);
  }

  private Optional<Foresight> foresight(int slot, Setting setting) {
    SkillGate gate = setting.policy.forecast().orElse(ForecastUse.DEFAULT).gate();
    return Optional.ofNullable(foresights[slot]).map(packed -> packed.unpack(gate));
  }

  private Optional<TokenUse> tokenUse(int slot, Setting setting) {
    if (tokens == null || tokens[2 * slot + 1] == NONE) {
      return Optional.empty();
    }
    return Optional.of(
        new TokenUse(
            Quantity.ofMilli(tokens[2 * slot]),
            Instant.ofEpochMilli(tokens[2 * slot + 1]),
            setting.tokenSource));
  }
}
