// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.PolicyState;
import io.agentscale.core.policy.TokenUse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes what decisions were made of, one after the other, or reads it back: figures as how they
 * differ from those of the decision before, in as few bytes as that takes.
 */
final class DecisionCode {
  private static final int LIVE = 1;
  private static final int LAST = 2;
  private static final int TOKENS = 4;
  private static final int FORESIGHT = 8;
  private static final int NEW_FORESIGHT = 16;

  /** The flags, the setting and nine figures, of ten bytes at most. */
  private static final int MOST = 11 * 10;

  private final ForesightCode foresights = new ForesightCode();
  private Optional<Foresight> foresight = Optional.empty();
  // Of the decision before.
  private long at;
  private int replicas;
  private int readyReplicas;
  private long live;
  private long liveAt;
  private long tokens;

  /** What is the same for many decisions in a row. */
  record Setting(
      PolicyKey key,
      PolicySettings policy,
      String liveSource,
      String liveCause,
      String lastSource,
      String tokenSource,
      Optional<ForesightCode.Frame> foresight,
      Optional<ScaleInGuard.Least> guard,
      Optional<AutoscalerView> autoscaler) {

    static Setting of(DecisionInputs inputs) {
      PolicyObservation seen = inputs.observation();
      String cause = seen.live() instanceof LiveDemand.Unknown(_, String because) ? because : "";
      return new Setting(
          inputs.key(),
          inputs.settings(),
          seen.live().source(),
          cause,
          inputs.before().lastKnown().map(LiveDemand.Known::source).orElse(""),
          seen.tokenUse().map(TokenUse::source).orElse(""),
          seen.foresight().map(ForesightCode.Frame::of),
          inputs.guard(),
          inputs.autoscaler());
    }
  }

  /** Returns how many bytes a decision takes at most. */
  static int most(Setting setting) {
    return MOST + setting.foresight.map(ForesightCode::most).orElse(0);
  }

  void write(DecisionInputs inputs, CodedOutputStream to) throws IOException {
    PolicyObservation seen = inputs.observation();
    boolean isNew = seen.foresight().isPresent() && !seen.foresight().equals(foresight);
    to.writeUInt32NoTag(
        flag(LIVE, seen.live() instanceof LiveDemand.Known)
            | flag(LAST, inputs.before().lastKnown().isPresent())
            | flag(TOKENS, seen.tokenUse().isPresent())
            | flag(FORESIGHT, seen.foresight().isPresent())
            | flag(NEW_FORESIGHT, isNew));
    to.writeSInt64NoTag(inputs.at().toEpochMilli() - at);
    to.writeSInt32NoTag(seen.replicas() - replicas);
    to.writeSInt32NoTag(seen.readyReplicas() - readyReplicas);
    at = inputs.at().toEpochMilli();
    replicas = seen.replicas();
    readyReplicas = seen.readyReplicas();
    writeDemand(inputs, to);
    if (isNew) {
      foresight = seen.foresight();
      foresights.write(foresight.orElseThrow(), to);
    }
  }

  private static int flag(int flag, boolean isSet) {
    return isSet ? flag : 0;
  }

  private void writeDemand(DecisionInputs inputs, CodedOutputStream to) throws IOException {
    if (inputs.before().lastKnown().isPresent()) {
      // Mostly the live demand of the decision before.
      LiveDemand.Known last = inputs.before().lastKnown().get();
      to.writeSInt64NoTag(last.demand().milli() - live);
      to.writeSInt64NoTag(last.at().toEpochMilli() - liveAt);
    }
    if (inputs.observation().live() instanceof LiveDemand.Known known) {
      to.writeSInt64NoTag(known.demand().milli() - live);
      to.writeSInt64NoTag(known.at().toEpochMilli() - at);
      live = known.demand().milli();
      liveAt = known.at().toEpochMilli();
    }
    if (inputs.observation().tokenUse().isPresent()) {
      TokenUse use = inputs.observation().tokenUse().get();
      to.writeSInt64NoTag(use.tokensPerMinute().milli() - tokens);
      to.writeSInt64NoTag(use.at().toEpochMilli() - at);
      tokens = use.tokensPerMinute().milli();
    }
  }

  DecisionInputs read(Setting setting, CodedInputStream from) throws IOException {
    int flags = from.readUInt32();
    at += from.readSInt64();
    replicas += from.readSInt32();
    readyReplicas += from.readSInt32();
    Optional<LiveDemand.Known> last =
        (flags & LAST) == 0 ? Optional.empty() : Optional.of(last(setting, from));
    LiveDemand seen =
        (flags & LIVE) == 0
            ? new LiveDemand.Unknown(setting.liveSource, setting.liveCause)
            : live(setting, from);
    Optional<TokenUse> use =
        (flags & TOKENS) == 0 ? Optional.empty() : Optional.of(tokens(setting, from));
    if ((flags & NEW_FORESIGHT) != 0) {
      SkillGate gate = setting.policy.forecast().orElse(ForecastUse.DEFAULT).gate();
      foresight = Optional.of(foresights.read(setting.foresight.orElseThrow(), gate, from));
    }
    return new DecisionInputs(
        setting.key,
        setting.policy,
        Instant.ofEpochMilli(at),
        new PolicyState(last),
        new PolicyObservation(
            replicas,
            readyReplicas,
            seen,
            (flags & FORESIGHT) == 0 ? Optional.empty() : foresight,
            use),
        setting.guard,
        setting.autoscaler);
  }

  private LiveDemand.Known last(Setting setting, CodedInputStream from) throws IOException {
    Quantity demand = Quantity.ofMilli(live + from.readSInt64());
    Instant measured = Instant.ofEpochMilli(liveAt + from.readSInt64());
    return new LiveDemand.Known(demand, measured, setting.lastSource);
  }

  private LiveDemand.Known live(Setting setting, CodedInputStream from) throws IOException {
    live += from.readSInt64();
    liveAt = at + from.readSInt64();
    return new LiveDemand.Known(
        Quantity.ofMilli(live), Instant.ofEpochMilli(liveAt), setting.liveSource);
  }

  private TokenUse tokens(Setting setting, CodedInputStream from) throws IOException {
    tokens += from.readSInt64();
    Instant measured = Instant.ofEpochMilli(at + from.readSInt64());
    return new TokenUse(Quantity.ofMilli(tokens), measured, setting.tokenSource);
  }
}
