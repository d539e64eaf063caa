// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.policy.TargetRef;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kinds nobody follows are scaled too; what their scale says must not go stale in silence. */
final class PolledScalesTest {
  private static final String PATH =
      "/apis/argoproj.io/v1alpha1/namespaces/n/rollouts/coder/scale";
  private static final TargetKey ROLLOUT =
      new TargetKey("n", new TargetRef("argoproj.io/v1alpha1", "Rollout", "coder"));

  private final MockWebServer server = new MockWebServer();
  private final Map<String, String> scales = new ConcurrentHashMap<>();
  private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final InstantSource clock = () -> now;
  private volatile boolean failing;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private ControlPlane controlPlane;

  @SuppressWarnings("NullAway.Init")
  private PolledScales polled;

  @BeforeEach
  void setUp() throws Exception {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String scale = scales.getOrDefault(request.getUrl().encodedPath(), "");
            int code = failing ? 500 : scale.isEmpty() ? 404 : 200;
            return new MockResponse.Builder().code(code).body(code == 200 ? scale : "{}").build();
          }
        });
    server.start();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getPort())
            .build();
    controlPlane = ControlPlane.connect(new ClusterConnection(config, "fake"));
    polled =
        new PolledScales(controlPlane, ResourceMapper.wellKnown(), clock, Duration.ofMillis(20));
  }

  @AfterEach
  void tearDown() {
    polled.close();
    controlPlane.close();
    server.close();
  }

  private void awaitUnknown(String cause) {
    await()
        .untilAsserted(
            () ->
                assertThat(polled.read(ROLLOUT))
                    .isInstanceOfSatisfying(
                        ScaleReading.Unknown.class,
                        unknown -> assertThat(unknown.cause()).contains(cause)));
  }

  private void awaitReplicas(int replicas) {
    await()
        .until(
            () ->
                polled.read(ROLLOUT) instanceof ScaleReading.Known known
                    && known.replicas() == replicas
                    && known.pods().matches(Map.of("app", "coder")));
  }

  @Test
  void scale_isPolledWhileItIsAskedAbout() {
    scales.put(PATH, "{\"spec\":{\"replicas\":3},\"status\":{\"selector\":\"app=coder\"}}");
    assertThat(polled.read(ROLLOUT)).isInstanceOf(ScaleReading.Unknown.class);
    awaitReplicas(3);

    scales.put(PATH, "{\"spec\":{},\"status\":{\"selector\":\"app=coder\"}}");
    awaitReplicas(0);

    scales.remove(PATH);
    awaitUnknown("Rollout/coder does not exist in namespace n, or its kind has no scale");
  }

  @Test
  void failure_isBridgedForAWhile_andThenTold() {
    scales.put(PATH, "{\"spec\":{\"replicas\":3},\"status\":{\"selector\":\"app=coder\"}}");
    awaitReplicas(3);

    failing = true;
    int before = server.getRequestCount();
    await().until(() -> server.getRequestCount() > before + 2);
    assertThat(polled.read(ROLLOUT)).isInstanceOf(ScaleReading.Known.class);
    now = now.plus(FollowedKinds.HELD);
    awaitUnknown("cannot be read");

    failing = false;
    awaitReplicas(3);
  }

  @Test
  void scaleWithoutSelector_isUnknown() {
    scales.put(PATH, "{\"spec\":{\"replicas\":3},\"status\":{}}");

    awaitUnknown("labelSelectorPath");
  }
}
