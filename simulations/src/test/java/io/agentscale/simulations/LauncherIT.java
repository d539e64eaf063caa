// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher is all a user sees before there is a program: it must find the right JDK or say what
 * is missing, build when it has to, and otherwise stay out of the way.
 *
 * <p>Most tests run a copy of it in a tree of scripts that stand for the JDK and for Maven.
 */
final class LauncherIT {
  private static final Path LAUNCHER = Path.of("..", "agentscale").toAbsolutePath().normalize();
  private static final Path BUILT = Path.of("target");
  private static final List<String> TOOLS =
      List.of("dirname", "readlink", "grep", "sed", "find", "head", "mkdir", "touch", "sleep");
  private static final String JAVA =
      """
      #!/bin/sh
      printf '%s\\n' "$@"
      exit 7
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      echo '[INFO] Building adapter 0.1.0-SNAPSHOT [2/2]'
      mkdir -p "$TREE/simulations/target/lib"
      touch "$TREE/simulations/target/simulations-1.jar" "$TREE/simulations/target/lib/a.jar"
      """;
  private static final String BROKEN_MAVEN =
      """
      #!/bin/sh
      echo '[INFO] Building adapter 0.1.0-SNAPSHOT [2/2]'
      echo '[ERROR] Adapter.java:[3,1] class expected'
      exit 1
      """;

  record Outcome(int code, String out, String err) {}

  @TempDir private Path tree;
  private Path programs = Path.of("");

  @BeforeEach
  void createTree() throws IOException {
    programs = Files.createDirectory(tree.resolve("bin"));
    for (String program : TOOLS) {
      script(programs.resolve(program), "#!/bin/sh\nexec " + onPath(program) + " \"$@\"\n");
    }
    // No JDK of this machine may be found: the places to look in are moved into the tree.
    String launcher =
        Files.readString(LAUNCHER)
            .replace("/usr/lib/jvm/*", tree + "/jvm/*")
            .replace("/opt/*", tree + "/opt/*")
            .replace("/Library/Java/*", tree + "/Library/*");
    script(tree.resolve("agentscale"), launcher);
    Files.createFile(tree.resolve("pom.xml"));
    Files.createDirectories(tree.resolve("simulations/src/main"));
    Files.createFile(tree.resolve("simulations/pom.xml"));
    script(programs.resolve("mvn"), MAVEN);
  }

  @Test
  void syntax_isThatOfAPlainShell() throws Exception {
    assertThat(run(List.of(onPath("sh").toString(), "-n", LAUNCHER.toString()), Map.of()))
        .isEqualTo(ok(""));
  }

  @Test
  void noJdk25_isRefusedSayingWhereItLooked() throws Exception {
    jdk("17.0.15");

    assertThat(launch("--help"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "agentscale: needs a JDK 25; none in JAVA_HOME, on the PATH or under /usr/lib/jvm\n"));
  }

  @Test
  void flagsAndExitCode_passThroughUnchanged() throws Exception {
    jdk("25.0.1");

    Outcome outcome = launch("get", "pods", "*", "two words", "");

    assertThat(outcome.code()).isEqualTo(7);
    assertThat(outcome.out())
        .contains("-XX:+UseSerialGC\n")
        .doesNotContain("-Xmx")
        .contains("/simulations-1.jar:")
        .endsWith("io.agentscale.simulations.Main\nget\npods\n*\ntwo words\n\n");
  }

  @Test
  void service_hasAHeapThatFitsItsContainer_unlessToldAnother() throws Exception {
    jdk("25.0.1");

    String options = "@" + tree + "/deploy/jvm.options\n";
    assertThat(launch("serve").out()).startsWith(options + "-Xmx112m\n-cp\n");
    assertThat(launch(Map.of("JAVA_OPTS", "-Xmx1g"), "serve").out())
        .startsWith(options + "-Xmx1g\n-cp\n");
  }

  @Test
  void firstStart_buildsOnceAndShowsItsProgressOnStandardError() throws Exception {
    jdk("25.0.1");

    Outcome first = launch("--help");
    Outcome second = launch("--help");

    assertThat(first.err())
        .startsWith("agentscale: building")
        .endsWith("Building adapter 0.1.0-SNAPSHOT [2/2]\n");
    assertThat(second.err()).isEmpty();
  }

  @Test
  void newerSource_isBuiltUnlessToldNotTo() throws Exception {
    jdk("25.0.1");
    launch("--help");
    Path source = Files.createFile(tree.resolve("simulations/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(launch(Map.of("AGENTSCALE_NO_BUILD", "1"), "--help").err()).isEmpty();
    assertThat(launch("--help").err()).contains("building");
  }

  @Test
  void brokenBuild_showsMavensErrorsAndFails() throws Exception {
    jdk("25.0.1");
    script(programs.resolve("mvn"), BROKEN_MAVEN);

    Outcome outcome = launch("--help");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("[ERROR] Adapter.java:[3,1] class expected")
        .contains("the build failed; all of it: " + tree + "/target/launcher-build.log");
  }

  @Test
  void aotCache_isMadeByADemoAndUsedUntilTheNextBuild() throws Exception {
    jdk("25.0.1");
    Path cache = tree.resolve("simulations/target/agentscale.aot");

    assertThat(launch("--make-aot-cache").out())
        .contains("-XX:AOTCacheOutput=" + cache + "\n")
        .contains("Main\ndemo\n--minutes\n");
    assertThat(launch("--make-aot-cache", "serve", "--port", "0").out())
        .contains("-Xmx112m\n-XX:AOTCacheOutput=" + cache + "\n")
        .endsWith("Main\nserve\n--port\n0\n");
    assertThat(launch("--help").out()).doesNotContain("AOT");

    Files.createFile(cache);
    Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(launch("--help").out()).contains("-XX:AOTCache=" + cache + "\n-Xlog:aot*=off\n");
  }

  @Test
  void uselessAotCache_isPassedOverByARealJvmInSilence() throws Exception {
    installBuild();
    Path cache = tree.resolve("simulations/target/agentscale.aot");
    Files.writeString(cache, "not a cache");
    Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(60)));

    Outcome outcome = launchReal("--version");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("agentscale ").hasLineCount(1);
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void demo_asAScriptRunsIt_printsWhatIsServedAndEndsByItself() throws Exception {
    installBuild();

    Outcome outcome = launchReal("demo", "--minutes", "0.05", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .hasLineCount(1)
        .matches("agentscale demo: first values [0-9.]+ s after the start\\n");
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines).hasSizeBetween(2, 4);
    JsonNode last = new ObjectMapper().readTree(lines.getLast());
    assertThat(last.path("pods")).hasSize(3);
    for (JsonNode pod : last.path("pods")) {
      for (String metric : List.of("concurrency", "tokensPerMinute", "queueDepth")) {
        assertThat(pod.path(metric).isNumber()).as(lines.getLast()).isTrue();
      }
    }
    assertThat(tree.resolve("state/agentscale")).as("the demo's kubeconfig").isEmptyDirectory();
  }

  @Test
  void completion_isAScriptThatBashAccepts() throws Exception {
    installBuild();

    Outcome outcome = launchReal("generate-completion");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("complete -F _complete_agentscale");
    Path script = Files.writeString(tree.resolve("completion.bash"), outcome.out());
    assertThat(run(List.of(onPath("bash").toString(), "-n", script.toString()), Map.of()))
        .isEqualTo(ok(""));
  }

  private static Outcome ok(String out) {
    return new Outcome(0, out, "");
  }

  private void jdk(String version) throws IOException {
    Path jdk = tree.resolve("jvm/jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    script(jdk.resolve("bin/java"), JAVA);
  }

  private Outcome launch(String... arguments) throws Exception {
    return launch(Map.of(), arguments);
  }

  private Outcome launch(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tree.resolve("agentscale").toString()));
    command.addAll(List.of(arguments));
    return run(command, environment);
  }

  /** Puts the program this build has made into the tree. */
  private void installBuild() throws IOException {
    Path target = tree.resolve("simulations/target");
    Files.createDirectories(target.resolve("lib"));
    copyJars(BUILT, target);
    copyJars(BUILT.resolve("lib"), target.resolve("lib"));
    Files.createFile(target.resolve("agentscale.built"));
  }

  private static void copyJars(Path from, Path to) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(from, "*.jar")) {
      for (Path jar : jars) {
        Files.copy(jar, to.resolve(jar.getFileName().toString()));
      }
    }
  }

  /** Runs the installed program on the JDK of this test. */
  private Outcome launchReal(String... arguments) throws Exception {
    return launch(
        Map.of(
            "AGENTSCALE_NO_BUILD",
            "1",
            "JAVA_HOME",
            System.getProperty("java.home"),
            "XDG_STATE_HOME",
            tree.resolve("state").toString()),
        arguments);
  }

  private Outcome run(List<String> command, Map<String, String> environment) throws Exception {
    Path out = tree.resolve("stdout");
    Path err = tree.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of("PATH", programs.toString(), "HOME", tree.toString(), "TREE", tree.toString()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + command);
    }
    return new Outcome(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private static Path onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("not on the PATH: " + program));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot be made executable: " + file);
    }
  }
}
