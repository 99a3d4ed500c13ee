package dev.millrace.jobs.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.encoding.RowEncoders;
import dev.millrace.jobs.cli.UsageException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingTablesTest {
  @ParameterizedTest
  @CsvSource({"1582k, 395490", "791k, 197760", "158k, 39540"})
  void shouldSpendTheSameBudgetAndGiveTheSameWidth(String budget, int numbers) {
    for (String kind : EmbeddingTables.KINDS) {
      if (!kind.equals(EmbeddingTables.COLLISIONLESS)) {
        Map<String, FeatureCatalog> catalogs = EmbeddingTables.of(kind);
        RowEncoder encoder = RowEncoders.of(catalogs.get(kind + "-" + budget), Optional.empty());
        assertThat(encoder.tableRows() * encoder.dim()).as(kind).isEqualTo(numbers);
        assertThat(encoder.tokens() * encoder.dim()).as(kind).isEqualTo(6 * 30);
      }
    }
  }

  @Test
  void shouldRefuseAnUnknownKind() {
    assertThatThrownBy(() -> EmbeddingTables.of("hashed"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--tables must be of [collisionless, separate");
  }
}
