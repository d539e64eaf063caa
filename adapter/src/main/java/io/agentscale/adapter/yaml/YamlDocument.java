// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One YAML file being read: where it lies, and the problems found so far. */
public final class YamlDocument {
  private final String file;
  private final Path directory;
  private final List<YamlProblem> problems = new ArrayList<>();

  private YamlDocument(String file, Path directory) {
    this.file = file;
    this.directory = directory;
  }

  /**
   * Reads a file whose top level is a mapping.
   *
   * @throws InvalidYamlException with every problem, if there is one
   * @throws IOException if the file cannot be read
   */
  public static <T> T read(Path file, Function<YamlMapping, T> reader) throws IOException {
    return parse(file.toString(), directory(file), text(file), reader);
  }

  /**
   * Returns the text of a file.
   *
   * @throws IOException if it cannot be read or is not UTF-8
   */
  public static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": must be UTF-8 text", e);
    }
  }

  /** Returns what relative paths in a file are relative to. */
  public static Path directory(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
  }

  /**
   * Reads a text whose top level is a mapping.
   *
   * @param file the name to report problems under
   * @param directory what relative paths in the text are relative to
   * @throws InvalidYamlException with every problem, if there is one
   */
  public static <T> T parse(
      String file, Path directory, String text, Function<YamlMapping, T> reader) {
    YamlDocument document = new YamlDocument(file, directory);
    List<Node> roots = document.compose(text);
    if (roots.isEmpty()) {
      throw document.refused(Optional.empty(), "must be a mapping, was: empty");
    }
    if (roots.size() > 1) {
      throw document.refused(
          roots.get(1).getStartMark(), "must be one document, was: " + roots.size());
    }
    return document
        .readRoot(roots.getFirst(), reader)
        .orElseThrow(() -> new InvalidYamlException(document.problems));
  }

  /**
   * Reads a text of several documents, each a mapping at its top level; empty ones are passed over.
   *
   * @throws InvalidYamlException with every problem of every document, if there is one
   */
  public static <T> List<T> parseAll(
      String file, Path directory, String text, Function<YamlMapping, T> reader) {
    YamlDocument document = new YamlDocument(file, directory);
    List<T> results = new ArrayList<>();
    for (Node root : document.compose(text)) {
      if (!root.getTag().equals(Tag.NULL)) {
        document.readRoot(root, reader).ifPresent(results::add);
      }
    }
    if (!document.problems.isEmpty()) {
      throw new InvalidYamlException(document.problems);
    }
    return results;
  }

  private <T> Optional<T> readRoot(Node root, Function<YamlMapping, T> reader) {
    try {
      return Optional.of(new YamlValue(this, root, "").mapping(reader));
    } catch (IllegalArgumentException e) {
      report(location(root), "", String.valueOf(e.getMessage()));
    } catch (AlreadyReportedException e) {
      // The problems say it all.
    }
    return Optional.empty();
  }

  private List<Node> compose(String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(true).build();
    List<Node> roots = new ArrayList<>();
    try {
      new Compose(settings).composeAllFromString(text).forEach(roots::add);
    } catch (MarkedYamlEngineException e) {
      throw refused(e.getProblemMark().or(e::getContextMark), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw refused(Optional.empty(), "not YAML: " + e.getMessage());
    }
    return roots;
  }

  private InvalidYamlException refused(Optional<Mark> mark, String message) {
    return new InvalidYamlException(List.of(new YamlProblem(location(mark), "", message)));
  }

  void report(YamlLocation at, String field, String message) {
    problems.add(new YamlProblem(at, field, message));
  }

  int problemCount() {
    return problems.size();
  }

  Path resolve(String path) {
    return directory.resolve(path);
  }

  YamlLocation location(Node node) {
    return location(node.getStartMark());
  }

  private YamlLocation location(Optional<Mark> mark) {
    return mark.map(m -> new YamlLocation(file, m.getLine() + 1, m.getColumn() + 1))
        .orElseGet(() -> new YamlLocation(file, 1, 1));
  }

  /** Ends the reading of a value whose problems have been reported. */
  static final class AlreadyReportedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AlreadyReportedException() {
      super("reported", null, false, false);
    }
  }
}
