// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A log line that is not one JSON object is lost in the collector. */
final class JsonLoggingTest {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  @Test
  void event_withExceptionAndLineBreaks_isOneJsonLine() {
    String text =
        encoded(
            log ->
                log.atWarn()
                    .addKeyValue("file", "a\"b\nc")
                    .addKeyValue("count", 3)
                    .setCause(new IllegalStateException("x\ny"))
                    .log("objects file refused"));

    GenericKubernetesResource line =
        new KubernetesSerialization().unmarshal(text, GenericKubernetesResource.class);
    assertThat(line.<String>get("level")).isEqualTo("WARN");
    assertThat(line.<String>get("formattedMessage")).isEqualTo("objects file refused");
    assertThat(line.<String>get("kvpList", 0, "file")).isEqualTo("a\"b\nc");
    assertThat(line.<String>get("throwable", "message")).isEqualTo("x\ny");
    assertThat(line.<Long>get("timestamp")).isPositive();
    assertThat(line.getAdditionalProperties()).doesNotContainKeys("context", "message");
  }

  @Test
  void configuration_ofThisProcess_isJsonToStandardErrorFromInfo() {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    assertThat(root.getLevel()).isEqualTo(Level.INFO);
    assertThat(root.getAppender("stderr"))
        .isInstanceOfSatisfying(
            ConsoleAppender.class,
            appender -> {
              assertThat(appender.getTarget()).isEqualTo("System.err");
              assertThat(appender.getEncoder()).isInstanceOf(JsonEncoder.class);
            });
  }

  @Test
  void webServer_isHeardFromWarnOnOnly() {
    Logger jetty = context.getLogger("org.eclipse.jetty.server.Server");

    assertThat(jetty.isInfoEnabled()).isFalse();
    assertThat(jetty.isWarnEnabled()).isTrue();
  }

  @Test
  void setLevel_knownAndUnknown() {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    try {
      JsonLogging.setLevel("Debug");
      assertThat(root.getLevel()).isEqualTo(Level.DEBUG);
      assertThatThrownBy(() -> JsonLogging.setLevel("loud"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("log level: must be one of error, warn, info, debug, trace, was: loud");
    } finally {
      root.setLevel(Level.INFO);
    }
  }

  private String encoded(Consumer<org.slf4j.Logger> event) {
    Logger logger = context.getLogger("test");
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    logger.addAppender(events);
    logger.setAdditive(false);
    event.accept(logger);
    logger.detachAppender(events);
    String text =
        new String(
            JsonLogging.encoder(context).encode(events.list.getFirst()), StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n");
    assertThat(text.strip()).doesNotContain("\n");
    return text;
  }
}
