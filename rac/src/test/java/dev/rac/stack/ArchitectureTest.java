package dev.rac.stack;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Arrows point down only, between modules and between the packages of each. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.rac");

    @Test
    void modulesDependDownwardsOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.rac..")
                .layer("rac")
                .definedBy("dev.rac.cli..", "dev.rac.stack..", "dev.rac.backup..")
                .layer("registry-auth")
                .definedBy("dev.rac.registryauth..")
                .layer("notifier")
                .definedBy("dev.rac.notifier..")
                .layer("edge-proxy")
                .definedBy("dev.rac.edgeproxy..")
                .layer("targets")
                .definedBy("dev.rac.targets..")
                .layer("certs")
                .definedBy("dev.rac.certs..")
                .layer("service")
                .definedBy("dev.rac.service..")
                .whereLayer("rac")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("registry-auth")
                .mayOnlyBeAccessedByLayers("rac")
                .whereLayer("notifier")
                .mayOnlyBeAccessedByLayers("rac")
                .whereLayer("edge-proxy")
                .mayOnlyBeAccessedByLayers("rac")
                .whereLayer("targets")
                .mayNotAccessAnyLayer()
                .whereLayer("certs")
                .mayNotAccessAnyLayer()
                .whereLayer("service")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void noPackageDependsOnItself() {
        slices().matching("dev.rac.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.rac.*.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theStackDoesNotKnowItsCommands() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.rac.cli..", "dev.rac.stack..")
                .layer("cli")
                .definedBy("dev.rac.cli..")
                .layer("stack")
                .definedBy("dev.rac.stack..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }
}
