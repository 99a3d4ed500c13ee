package dev.millrace.jobs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dependencies point one way, schemas &lt;- features &lt;- models &lt;- serving &lt;- jobs. */
final class ModuleBoundariesTest {

  private static final String FLINK = "org.apache.flink..";
  private static final String KAFKA = "org.apache.kafka..";
  private static final String ONNX_RUNTIME = "ai.onnxruntime..";
  private static final String TRAINING_ENGINE = "ai.djl..";
  private static final String[] HTTP = {
    "java.net.http..", "com.sun.net.httpserver..", "io.grpc..", "io.javalin.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.millrace");

  private static String packagesOf(String module) {
    return "dev.millrace." + module + "..";
  }

  /** A rule over no classes holds; so that none does. */
  @ParameterizedTest
  @ValueSource(strings = {"schemas", "features", "models", "serving", "jobs"})
  void shouldSeeTheClassesOfEveryModule(String module) {
    assertThat(CLASSES.that(resideInAPackage(packagesOf(module)))).hasSizeGreaterThan(5);
  }

  @Test
  void shouldKeepTestsOutOfTheRules() {
    assertThat(CLASSES.contain(ModuleBoundariesTest.class)).isFalse();
  }

  @Test
  void shouldLetNoModuleDependOnOneAboveIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("schemas")
        .definedBy(packagesOf("schemas"))
        .layer("features")
        .definedBy(packagesOf("features"))
        .layer("models")
        .definedBy(packagesOf("models"))
        .layer("serving")
        .definedBy(packagesOf("serving"))
        .layer("jobs")
        .definedBy(packagesOf("jobs"))
        .whereLayer("schemas")
        .mayNotAccessAnyLayer()
        .whereLayer("features")
        .mayOnlyAccessLayers("schemas")
        .whereLayer("models")
        .mayOnlyAccessLayers("schemas", "features")
        .whereLayer("serving")
        .mayOnlyAccessLayers("schemas", "features", "models")
        .whereLayer("jobs")
        .mayNotBeAccessedByAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .check(CLASSES);
  }

  @Test
  void shouldKeepFlinkAndKafkaOutOfSchemas() {
    never("schemas", FLINK, KAFKA).check(CLASSES);
  }

  @Test
  void shouldKeepStreamsAndEnginesOutOfFeatures() {
    never("features", FLINK, KAFKA, ONNX_RUNTIME, TRAINING_ENGINE).check(CLASSES);
  }

  @Test
  void shouldKeepStreamsAndHttpOutOfModels() {
    never("models", FLINK, KAFKA).check(CLASSES);
    never("models", HTTP).check(CLASSES);
  }

  @Test
  void shouldKeepFlinkAndTrainingOutOfServing() {
    never("serving", FLINK, TRAINING_ENGINE, packagesOf("models.train")).check(CLASSES);
  }

  private static ArchRule never(String module, String... packages) {
    return noClasses()
        .that()
        .resideInAPackage(packagesOf(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }
}
