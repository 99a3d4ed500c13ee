package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every column of {@code ds1_mixed_binary} against scikit-learn's mutual information and its
 * expectation in 64-bit floats. As there, an empty cell counts as an ordinary value.
 */
final class OutRankReferenceTest {
  private static final String LABEL = "label";

  @Test
  void shouldAgreeOnEveryColumn() throws IOException {
    Path golden =
        Path.of(System.getProperty("millrace.shared"), "golden", "outrank", "ds1_mixed_binary");
    assumeTrue(Files.isDirectory(golden), "golden data must be beside the checkout, found none");
    List<String> data = Files.readAllLines(golden.resolve("data.csv"));
    List<String> columns = cells(data.get(0));
    List<String> reference = Files.readAllLines(golden.resolve("reference_singles.csv"));
    List<String> header = cells(reference.get(0));
    assertThat(reference).hasSize(columns.size() + 1);

    for (String line : reference.subList(1, reference.size())) {
      List<String> expected = cells(line);
      String column = expected.get(header.indexOf("feature"));
      ContingencyTable<String> table = count(data, columns.indexOf(column), columns.indexOf(LABEL));

      assertThat(table.cardinality())
          .as(column)
          .isEqualTo(Integer.parseInt(expected.get(header.indexOf("distinct_incl_missing"))));
      assertThat(table.mutualInformationNats())
          .as(column)
          .isCloseTo(number(expected, header.indexOf("MI_nats_sklearn")), within(1e-9));
      assertThat(table.expectedMutualInformationNats())
          .as(column)
          .isCloseTo(number(expected, header.indexOf("EMI_nats_sklearn")), within(1e-9));
    }
  }

  private static ContingencyTable<String> count(List<String> data, int column, int label) {
    ContingencyTable<String> table = new ContingencyTable<>(2);
    for (String line : data.subList(1, data.size())) {
      List<String> cells = cells(line);
      table.add(cells.get(column), Integer.parseInt(cells.get(label)), 1);
    }
    return table;
  }

  private static double number(List<String> cells, int column) {
    return Double.parseDouble(cells.get(column));
  }

  private static List<String> cells(String line) {
    return List.of(line.split(",", -1));
  }
}
