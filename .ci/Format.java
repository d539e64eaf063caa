// SPDX-License-Identifier: Apache-2.0

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks or applies google-java-format and the licence line on every Java source of the tree. */
final class Format {
  private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0";

  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("--apply");
    int wrong = 0;
    for (Path file : sources(Path.of(args[1]))) {
      String source = Files.readString(file);
      String wanted = new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(source));
      if (!wanted.startsWith(LICENCE)) {
        wanted = LICENCE + "\n\n" + wanted;
      }
      if (!wanted.equals(source)) {
        wrong++;
        System.err.println((apply ? "formatted: " : "not formatted: ") + file);
        if (apply) {
          Files.writeString(file, wanted);
        }
      }
    }
    if (wrong > 0 && !apply) {
      System.err.println(wrong + " file(s) to mend: mvn -N -Pformat process-sources");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
          .sorted()
          .toList();
    }
  }
}
