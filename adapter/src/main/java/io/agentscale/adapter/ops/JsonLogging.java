// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Logs one line of JSON an event to standard error. Found by Logback as a service; in code rather
 * than XML, for an XML parser doubles the time until the first line.
 *
 * <p>The level is that of {@value #LEVEL_VARIABLE}, or INFO. A file named by the system property
 * {@code logback.configurationFile} replaces all of this.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class JsonLogging extends ContextAwareBase implements Configurator {
  /** The environment variable that sets the level. */
  public static final String LEVEL_VARIABLE = "AGENTSCALE_LOG_LEVEL";

  private static final String NAMES = "error, warn, info, debug, trace";
  private static final Map<String, Level> LEVELS =
      Map.of(
          "error", Level.ERROR,
          "warn", Level.WARN,
          "info", Level.INFO,
          "debug", Level.DEBUG,
          "trace", Level.TRACE);

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender(context));
    String wanted = System.getenv(LEVEL_VARIABLE);
    root.setLevel(LEVELS.getOrDefault(normal(wanted), Level.INFO));
    // The web server tells of every connector and context it opens, which is no event of ours.
    context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
    // Tells every retry of a kind that is not installed with its stack; we tell when it starts.
    context
        .getLogger("io.fabric8.kubernetes.client.informers.impl.cache.Reflector")
        .setLevel(Level.ERROR);
    // Warns of every resource whose version is an alpha, which our own are.
    context
        .getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils")
        .setLevel(Level.ERROR);
    if (wanted != null && !LEVELS.containsKey(normal(wanted))) {
      root.warn("{}: must be one of {}, was: {}", LEVEL_VARIABLE, NAMES, wanted);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Sets the level from now on.
   *
   * @throws IllegalArgumentException for anything but error, warn, info, debug and trace
   */
  public static void setLevel(String name) {
    Level level = LEVELS.get(normal(name));
    if (level == null) {
      throw new IllegalArgumentException("log level: must be one of " + NAMES + ", was: " + name);
    }
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(level);
    }
  }

  private static String normal(@Nullable String level) {
    return level == null ? "" : level.toLowerCase(Locale.ROOT);
  }

  private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context));
    appender.start();
    return appender;
  }

  static JsonEncoder encoder(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    // The message is constant and the rest is in key/value pairs: no line says a thing twice.
    encoder.setWithMessage(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMarkers(false);
    encoder.setWithMDC(false);
    encoder.setWithArguments(false);
    encoder.start();
    return encoder;
  }
}
