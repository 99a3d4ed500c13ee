package dev.millrace.features.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.FeatureCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInCatalogsTest {

  @ParameterizedTest
  @CsvSource({"open-bandit, 13", "movielens-1m, 8", "simulated, 14"})
  void shouldLoadReadyForTraining(String name, int fields) {
    FeatureCatalog catalog = BuiltInCatalogs.load(name);

    assertThat(catalog.name()).isEqualTo(name);
    assertThat(catalog.fields()).hasSize(fields);
    assertThat(catalog.isFitted()).isTrue();
    assertThat(catalog.streaming()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "criteo, 39",
    "avazu, 22",
    "movielens-1m-autoint, 6",
    "movielens-1m-collisionless, 6",
  })
  void shouldLoadForTrainingFromAFile(String name, int fields) {
    FeatureCatalog catalog = BuiltInCatalogs.load(name);

    assertThat(catalog.name()).isEqualTo(name);
    assertThat(catalog.fields()).hasSize(fields);
    assertThat(catalog.isFitted()).isTrue();
  }

  @Test
  void shouldScaleTheTimestampOnceItIsFitted() {
    assertThat(BuiltInCatalogs.load("movielens-1m-autoint-timestamp").isFitted()).isFalse();
  }

  @Test
  void shouldRefuseANameThatIsNotBuiltIn() {
    assertThatThrownBy(() -> BuiltInCatalogs.load("netflix"))
        .hasMessage("no built-in catalogue is named netflix");
  }
}
