package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShiftedScoreTest {
  private final ShiftedScore score = new ShiftedScore();

  /**
   * Label 0 on rows 0 to 3, label 1 on the rest, shift 4: each class sees the other's values.
   * {@code H(F|0) = 0, H(F|1) = ln 2}, and after the shift the other way round.
   */
  @Test
  void shouldTakeTheRowsThatLieTheSizeOfTheClassFurtherOn() {
    int[] label = {0, 0, 0, 0, 1, 1, 1, 1};
    int[] field = {0, 0, 0, 0, 0, 1, 0, 1};

    assertThat(nats(field, label)).isZero();
    // Without the last two rows the class of two wraps around: rows 0, 1 and 4, 5 of six.
    assertThat(score.nats(field, 2, label, 2, 0, 6)).isCloseTo(expectedOfSixRows(), within(1e-15));
  }

  /**
   * Six rows, classes of 4 and 2: F|0 = 0000, F|1 = 01; shifted by 4: rows 4, 5, 0, 1 = 0100;
   * shifted by 2: rows 0, 1 = 00.
   */
  private static double expectedOfSixRows() {
    double shifted = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)) * 4 / 6;
    return shifted - Math.log(2) * 2 / 6;
  }

  /** Small vectors; where the codes have equal sums the reference takes plain information. */
  @Test
  void shouldAgreeOnTheTinyVectors() {
    OutRankGolden golden = OutRankGolden.of("ds5_tiny_vectors");
    for (Map<String, String> vector : golden.reference("kernel_vectors.csv")) {
      int[] field = codes(vector.get("feature_codes"));
      int[] label = codes(vector.get("label_codes"));
      double found = natsWithTheCodeSumQuirk(field, label);

      assertThat(found)
          .as(vector.get("case"))
          .isCloseTo(Double.parseDouble(vector.get("spec_randomized_f64")), within(1e-12))
          .isCloseTo(Double.parseDouble(vector.get("outrank_MI_randomized_f32")), within(5e-7));
    }
  }

  private double natsWithTheCodeSumQuirk(int[] field, int[] label) {
    return Arrays.stream(field).sum() == Arrays.stream(label).sum()
        ? RelevanceEstimator.mutualInformationNats(Columns.profile(field, label))
        : nats(field, label);
  }

  /**
   * What the reference printed, in 32-bit floats. It scores a pair in one orientation and prints it
   * in both, and takes a column against its copy for plain information. Every third row means the
   * rows 2, 5, 8...
   */
  @ParameterizedTest
  @CsvSource({
    "ds1_mixed_binary, mi_randomized_1batch_target,              20000, 1",
    "ds1_mixed_binary, mi_randomized_1batch_allpairs,            20000, 1",
    "ds1_mixed_binary, mi_randomized_default_minibatch_target,   16384, 1",
    "ds1_mixed_binary, mi_randomized_subsampling3_1batch_target, 20000, 3",
    "ds2_xor, mi_randomized_1batch_target,                       10000, 1",
    "ds2_xor, mi_randomized_1batch_allpairs,                     10000, 1",
    "ds2_xor, mi_randomized_minib2500_target,                     2500, 1",
    "ds2_xor, mi_randomized_1batch_order2_target,                10000, 1",
    "ds2_xor, mi_randomized_1batch_order3_target,                10000, 1",
    "ds2_xor, mi_randomized_1batch_target_label_mod_sum3_order2, 10000, 1",
  })
  void shouldAgreeWithTheReferenceGivenTheSameRows(String data, String run, int batch, int step) {
    OutRankGolden golden = OutRankGolden.of(data);
    List<List<String>> lines = golden.run(run);
    assertThat(lines).hasSizeGreaterThan(20);
    for (List<String> line : lines) {
      int[] first = every(step, golden.codes(line.get(0)));
      int[] second = every(step, golden.codes(line.get(1)));
      double expected = Double.parseDouble(line.get(2));
      double either = median(first, second, batch);
      double other = median(second, first, batch);
      double nearest = Math.abs(either - expected) < Math.abs(other - expected) ? either : other;

      assertThat(nearest).as("%s", line).isCloseTo(expected, within(1e-6));
    }
  }

  /** The formula in 64-bit floats, for every field and every pair as a joint field. */
  @ParameterizedTest
  @CsvSource({"ds1_mixed_binary", "ds2_xor"})
  void shouldAgreeWithTheFormula(String data) {
    OutRankGolden golden = OutRankGolden.of(data);
    int[] label = golden.codes("label");
    for (Map<String, String> single : golden.reference("reference_singles.csv")) {
      String field = single.get("feature");
      if (!field.equals("label")) {
        assertThat(nats(golden.codes(field), label))
            .as(field)
            .isCloseTo(
                Double.parseDouble(single.get("outrank_randomized_spec_f64_1batch")),
                within(1e-11));
      }
    }
    for (Map<String, String> pair : golden.reference("pairs.csv")) {
      if (!pair.get("outrank_randomized_spec_joint").isEmpty()) {
        String joint = pair.get("feature_a") + " AND " + pair.get("feature_b");
        assertThat(nats(golden.codes(joint), label))
            .as(joint)
            .isCloseTo(
                Double.parseDouble(pair.get("outrank_randomized_spec_joint")), within(1e-11));
      }
    }
  }

  @Test
  void shouldLeaveNothingBehindForTheNextCall() {
    int[] field = {0, 1, 2, 0, 1, 2};
    int[] label = {0, 0, 1, 1, 0, 1};
    double fresh = nats(field, label);
    score.nats(new int[] {3, 3, 1, 0}, 4, new int[] {0, 1, 0, 1}, 2, 0, 4);

    assertThat(nats(field, label)).isEqualTo(fresh);
  }

  @Test
  void shouldLeaveOutAShortLastBatchUnlessItIsTheOnlyOne() {
    BatchMedian median = new BatchMedian();
    assertThat(median.median()).isZero();
    median.add(5, 1_024);
    assertThat(median.median()).isEqualTo(5);
    median.add(7, 16_384);
    assertThat(median.median()).isEqualTo(6);
    median.add(100, 1_024);
    assertThat(median.median()).isEqualTo(6);
    median.add(8, 1_025);
    assertThat(median.median()).isEqualTo(7.5);
  }

  private double nats(int[] field, int[] label) {
    return score.nats(
        field, Columns.cardinality(field), label, Columns.cardinality(label), 0, field.length);
  }

  private double median(int[] field, int[] label, int batch) {
    BatchMedian median = new BatchMedian();
    for (int from = 0; from < field.length; from += batch) {
      int to = Math.min(field.length, from + batch);
      median.add(batchNats(field, label, from, to), to - from);
    }
    return median.median();
  }

  private double batchNats(int[] field, int[] label, int from, int to) {
    return Arrays.equals(field, label)
        ? Columns.margins(Arrays.copyOfRange(field, from, to)).entropyNats()
        : score.nats(
            field, Columns.cardinality(field), label, Columns.cardinality(label), from, to);
  }

  private static int[] every(int step, int[] column) {
    return IntStream.range(0, column.length / step).map(i -> column[(i + 1) * step - 1]).toArray();
  }

  private static int[] codes(String cell) {
    return Arrays.stream(cell.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
