package org.emberline.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The LAYERS of docs/architecture.md, held. */
class LayersTest {
    private static final String EDGE = "org.emberline.edge.";
    private static final String WHY = "docs/adr/0001-LAYERS.md";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.emberline");

    private static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("org.emberline.edge..")
            .layer("app")
            .definedBy(EDGE + "app..")
            .layer("service")
            .definedBy(EDGE + "service..")
            .layer("pipeline")
            .definedBy(EDGE + "pipeline..")
            .layer("stations")
            .definedBy(EDGE + "acquire..", EDGE + "sync..", EDGE + "reduce..", EDGE + "metrics..", EDGE + "archive..")
            .layer("twin")
            .definedBy(EDGE + "twin..")
            .layer("frame")
            .definedBy(EDGE + "frame..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("service")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("pipeline")
            .mayOnlyBeAccessedByLayers("app", "service")
            .whereLayer("stations")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("twin")
            .mayOnlyBeAccessedByLayers("app")
            .because(WHY);

    private static final ArchRule STATIONS_ARE_STRANGERS = slices().matching(
                    EDGE + "(acquire|sync|reduce|metrics|archive|twin)..")
            .should()
            .notDependOnEachOther()
            .because(WHY);

    private static final ArchRule NO_CYCLES =
            slices().matching(EDGE + "(**)").should().beFreeOfCycles().because(WHY);

    private static final ArchRule LEAVES_ARE_ALONE = noClasses()
            .that()
            .resideInAnyPackage("org.emberline.gpu..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.emberline.edge..", "org.emberline.firmware..")
            .because(WHY);

    private static final ArchRule FIRMWARE_IS_ALONE = noClasses()
            .that()
            .resideInAnyPackage("org.emberline.firmware..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.emberline.edge..", "org.emberline.gpu..")
            .because(WHY);

    private static final ArchRule CALIFORNIUM_IN_SERVICE_ONLY = only("org.eclipse.californium..", EDGE + "service..");

    private static final ArchRule DISRUPTOR_IN_PIPELINE_ONLY = only("com.lmax..", EDGE + "pipeline..");

    private static final ArchRule JOCL_IN_OPENCL_ONLY = only("org.jocl..", "org.emberline.gpu.opencl..");

    private static final ArchRule PI4J_IN_PI4J_ONLY = only("com.pi4j..", "org.emberline.firmware.pi4j..");

    private static final ArchRule HDF_IN_ACQUIRE_AND_ARCHIVE_ONLY =
            only("io.jhdf..", EDGE + "acquire..", EDGE + "archive..");

    private static final ArchRule ZEROMQ_IN_STREAM2_ONLY = only("(org.zeromq|zmq)..", EDGE + "acquire.stream2..");

    private static final ArchRule SQL_IN_ACQUIRE_AND_ARCHIVE_ONLY =
            only("java.sql..", EDGE + "acquire..", EDGE + "archive..");

    private static final ArchRule COMMAND_LINE_IN_APP_ONLY = only("picocli..", EDGE + "app..");

    static Stream<ArchRule> rules() {
        return Stream.of(
                LAYERS,
                STATIONS_ARE_STRANGERS,
                NO_CYCLES,
                LEAVES_ARE_ALONE,
                FIRMWARE_IS_ALONE,
                CALIFORNIUM_IN_SERVICE_ONLY,
                DISRUPTOR_IN_PIPELINE_ONLY,
                JOCL_IN_OPENCL_ONLY,
                PI4J_IN_PI4J_ONLY,
                HDF_IN_ACQUIRE_AND_ARCHIVE_ONLY,
                ZEROMQ_IN_STREAM2_ONLY,
                SQL_IN_ACQUIRE_AND_ARCHIVE_ONLY,
                COMMAND_LINE_IN_APP_ONLY);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static ArchRule only(String library, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .because(WHY)
                .allowEmptyShould(true);
    }
}
