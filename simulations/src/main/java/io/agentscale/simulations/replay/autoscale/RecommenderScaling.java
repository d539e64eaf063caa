// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.policy.ForecastOnly;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.Recommendation;
import io.agentscale.core.policy.Recommender;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Any recommender of scaler-core, whose count is set as it is at each decision.
 *
 * @param name in tables
 * @param recommender sees runs in pods and waiting as the demand, those waiting as the backlog
 * @param forecast how the future is foreseen for it, if it is
 */
public record RecommenderScaling(
    String name, Recommender<?> recommender, Optional<ForecastPlan> forecast)
    implements Autoscaler {

  public RecommenderScaling {
    if (recommender instanceof ForecastOnly && forecast.isEmpty()) {
      throw new IllegalArgumentException("forecast: must say how to forecast, was absent");
    }
  }

  public RecommenderScaling(String name, Recommender<?> recommender) {
    this(name, recommender, Optional.empty());
  }

  @Override
  public Session begin(SessionContext context) {
    ForecastUse use =
        recommender instanceof ForecastOnly forecasts ? forecasts.use() : ForecastUse.DEFAULT;
    return new Running<>(recommender, forecast.map(plan -> new ForesightFeed(plan, use)));
  }

  /** A recommender's memory during a replay. */
  private static final class Running<S> implements Session {
    private final Recommender<S> recommender;
    private final Optional<ForesightFeed> feed;
    private S state;
    private @Nullable String reason;

    Running(Recommender<S> recommender, Optional<ForesightFeed> feed) {
      this.recommender = recommender;
      this.feed = feed;
      state = recommender.initialState();
    }

    @Override
    public int decide(ClusterView view) {
      Optional<Foresight> foresight = feed.flatMap(each -> each.look(view));
      Recommendation<S> recommendation =
          recommender.recommend(state, view.asLoad(foresight), view.now());
      state = recommendation.state();
      reason = recommendation.reason();
      return recommendation.replicas();
    }

    @Override
    public String reason() {
      return reason == null ? "" : reason;
    }

    @Override
    public Optional<ForecastScore> forecastScore() {
      return feed.flatMap(ForesightFeed::score);
    }
  }
}
