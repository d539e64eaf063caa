// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** A decision that reads a clock, a socket or a logger could not be replayed by the simulator. */
final class ModuleBoundaryTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.agentscale.core");

  @Test
  void dependsOnNothingButTheJdkAndItsFewLibraries() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.agentscale.core..",
            "java.lang..",
            "java.math..",
            "java.nio",
            "java.time..",
            "java.util..",
            "org.jspecify..",
            "com.google.errorprone.annotations..",
            "com.cronutils..")
        .check(CORE);
  }

  @Test
  void readsNoClock() {
    noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(CORE);
    noClasses().should().dependOnClassesThat().areAssignableTo(InstantSource.class).check(CORE);
    noClasses().should().callMethod(java.time.Instant.class, "now").check(CORE);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CORE);
    noClasses().should().callMethod(System.class, "nanoTime").check(CORE);
  }
}
