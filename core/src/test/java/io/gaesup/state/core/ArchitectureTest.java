package io.gaesup.state.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The engine compiles to WebAssembly: what it may use of the JDK is what stays small and exists there. */
@AnalyzeClasses(packages = "io.gaesup.state.core", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /** Includes what javac itself puts into records, lambdas, string concatenation and pattern switches. */
    private static final DescribedPredicate<JavaClass> EVERYWHERE = resideInAnyPackage(
                    "io.gaesup.state.core..",
                    "java.lang",
                    "java.lang.annotation",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.util",
                    "java.util.concurrent.atomic",
                    "java.util.function",
                    "org.jspecify.annotations")
            .and(not(resideInAPackage("io.gaesup.state.core.jvm..")))
            .as("are java.lang, java.util (with function and atomic) or JSpecify");

    @ArchTest
    static final ArchRule usesOnlyWhatEveryTargetHas = classes()
            .that(resideInAPackage("io.gaesup.state.core..").and(not(resideInAPackage("io.gaesup.state.core.jvm.."))))
            .should()
            .onlyDependOnClassesThat(EVERYWHERE)
            .because("the same source compiles to WasmGC and JavaScript; what only a JVM has goes to core.jvm");

    @ArchTest
    static final ArchRule formatsNoStrings = noClasses()
            .that()
            .resideOutsideOfPackage("io.gaesup.state.core.jvm..")
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .callMethod(String.class, "split", String.class)
            .orShould()
            .callMethod(String.class, "matches", String.class)
            .orShould()
            .callMethod(String.class, "replaceAll", String.class, String.class)
            .because("formatter and regular expressions cost a browser tens of kilobytes; concatenate instead");

    @ArchTest
    static final ArchRule asksForNeitherTimeNorChance = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random")
            .because("both are passed in, so that every test can replay");
}
