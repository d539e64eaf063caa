// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The API server knows nothing of Prometheus, rules or policies: any provider can stand behind it.
 */
final class ModuleBoundaryTest {
  @Test
  void arrowsPointInward() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.agentscale.adapter..",
            "io.agentscale.simulations..",
            "okhttp3",
            "okhttp3.internal..",
            "io.fabric8..",
            "com.fasterxml.jackson.dataformat..")
        .allowEmptyShould(true)
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.agentscale.apiservice"));
  }
}
