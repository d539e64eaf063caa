// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The running service ships without the simulator. */
final class ModuleBoundaryTest {
  @Test
  void arrowsPointInward() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.agentscale.simulations..")
        .allowEmptyShould(true)
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.agentscale.adapter"));
  }
}
