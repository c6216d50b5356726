package dev.rac.registryauth;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.rac.registryauth";
    private static final List<String> UPWARDS =
            List.of("scope", "audit", "user", "claim", "access", "login", "policy", "token", "catalogue");

    private final JavaClasses imported = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void everyPackageIsInTheOrder() {
        assertThat(imported.stream()
                        .map(type -> type.getPackageName())
                        .filter(name -> !name.equals(ROOT))
                        .map(name -> name.substring(ROOT.length() + 1)))
                .isSubsetOf(UPWARDS)
                .containsAll(UPWARDS);
    }

    @Test
    void packagesImportOnlyThoseBeforeThem() {
        for (int i = 0; i < UPWARDS.size(); i++) {
            String[] above = Stream.concat(
                            Stream.of(ROOT), UPWARDS.stream().skip(i + 1L).map(name -> ROOT + "." + name))
                    .toArray(String[]::new);
            noClasses()
                    .that(resideInAPackage(ROOT + "." + UPWARDS.get(i)))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(above))
                    .check(imported);
        }
    }

    @Test
    void decisionsArePure() {
        classes()
                .that(resideInAnyPackage(ROOT + ".policy", ROOT + ".scope"))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java.lang..",
                        "java.util..",
                        "org.jspecify..",
                        ROOT + ".policy",
                        ROOT + ".scope",
                        ROOT + ".login",
                        ROOT + ".user",
                        ROOT + ".claim",
                        ROOT + ".access"))
                .check(imported);
    }

    @Test
    void theOtherServicesAreNotKnownHere() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.rac.notifier..", "dev.rac.edgeproxy..", "dev.rac.targets..", "dev.rac.stack.."))
                .check(imported);
    }
}
