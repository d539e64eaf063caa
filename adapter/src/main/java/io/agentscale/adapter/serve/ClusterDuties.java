// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.actuate.ClusterActuator;
import io.agentscale.adapter.actuate.shadow.ShadowKeeper;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.live.LeaderDuties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives back what policies left behind that are gone, and keeps the shadows of Preview. */
final class ClusterDuties implements LeaderDuties {
  private static final Logger log = LoggerFactory.getLogger(ClusterDuties.class);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(5);
  private static final Duration BETWEEN_SHADOWS = Duration.ofSeconds(5);

  private final ClusterActuator actuator;
  private final ShadowKeeper shadows;
  private final PolicyNews news;
  private Instant swept = Instant.MIN;
  private Instant shadowed = Instant.MIN;
  private String toldCause = "";

  ClusterDuties(ClusterActuator actuator, ShadowKeeper shadows, PolicyNews news) {
    this.actuator = actuator;
    this.shadows = shadows;
    this.news = news;
  }

  @Override
  public void won() {
    actuator.distrust();
    swept = Instant.MIN;
  }

  @Override
  public void lost() {
    news.forgetAll();
  }

  @Override
  public void round(Set<PolicyKey> existing, Instant now) {
    try {
      if (isDue(swept, BETWEEN_SWEEPS, now)) {
        swept = now;
        List<String> actions = actuator.sweep(existing, now).actions();
        actions.forEach(
            action -> log.atInfo().addKeyValue("action", action).log("Given back by a sweep"));
      }
      if (isDue(shadowed, BETWEEN_SHADOWS, now)) {
        shadowed = now;
        var _ = shadows.tick(now);
        toldCause = "";
      }
    } catch (ControlPlaneException e) {
      tell(String.valueOf(e.getMessage()));
    }
  }

  /** A missing permission stays missing, and is not worth a line every five seconds. */
  private void tell(String cause) {
    if (!cause.equals(toldCause)) {
      toldCause = cause;
      log.atWarn()
          .addKeyValue("cause", cause)
          .log("The cluster could not be looked after, it is tried again");
    }
  }

  /** A clock set back makes everything due. */
  private static boolean isDue(Instant last, Duration pause, Instant now) {
    return last.equals(Instant.MIN) || Duration.between(last, now).abs().compareTo(pause) >= 0;
  }
}
