package io.gaesup.state.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The picture of the house in ARCHITECTURE.md, as code. */
@AnalyzeClasses(packages = "io.gaesup.state", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule modulesLookDownOnly = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.gaesup.state..")
            .layer("core")
            .definedBy("io.gaesup.state.core..")
            .layer("browser")
            .definedBy("io.gaesup.state.browser..")
            .layer("journal")
            .definedBy("io.gaesup.state.journal..")
            .layer("server")
            .definedBy("io.gaesup.state.server..")
            .layer("cli")
            .definedBy("io.gaesup.state.cli..")
            .layer("testkit")
            .definedBy("io.gaesup.state.testkit..")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("testkit")
            .mayNotAccessAnyLayer()
            .whereLayer("browser")
            .mayOnlyAccessLayers("core")
            .whereLayer("journal")
            .mayOnlyAccessLayers("core")
            .whereLayer("server")
            .mayOnlyAccessLayers("core", "journal")
            .whereLayer("cli")
            .mayOnlyAccessLayers("core", "browser", "journal", "server");

    @ArchTest
    static final ArchRule everyClassHasARoom = classes()
            .should()
            .resideInAnyPackage(
                    "io.gaesup.state.core..",
                    "io.gaesup.state.browser..",
                    "io.gaesup.state.journal..",
                    "io.gaesup.state.server..",
                    "io.gaesup.state.cli..",
                    "io.gaesup.state.testkit..")
            .because("a module that the picture does not know is bound by none of its rules");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.gaesup.state.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule classesAreFinalOrSealed = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotAnonymousClasses()
            .should(beFinalOrSealed())
            .because("a class is open to subclasses only where it lists them");

    @ArchTest
    static final ArchRule accessorsHaveNoGet = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("io.gaesup.state.browser..")
            .and()
            .haveRawParameterTypes(new Class<?>[0])
            .should()
            .haveNameNotMatching("get[A-Z].*")
            .because("it is store.revision(); only what JavaScript reads as a property is called otherwise");

    private static ArchCondition<JavaClass> beFinalOrSealed() {
        return new ArchCondition<>("be final or sealed") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean holds = type.getModifiers().contains(JavaModifier.FINAL)
                        || type.reflect().isSealed();
                events.add(new SimpleConditionEvent(type, holds, type.getName() + " is neither final nor sealed"));
            }
        };
    }
}
