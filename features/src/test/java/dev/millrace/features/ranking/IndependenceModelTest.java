package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IndependenceModelTest {
  /**
   * All deals of the labels over the rows, each as likely as any other. With eight rows a
   * contribution holds some of degree 3, whose covariances are left out.
   */
  @ParameterizedTest
  @CsvSource({
    "0 0 0 0 1 1 1 1, 0 0 0 1 1 1 1 1, 1",
    "0 0 0 0 0 1 1 2, 0 0 0 1 1 1 1 1, 1.5",
    "0 0 1 1 2 2 3 3, 0 0 0 0 1 1 1 1, 1e-9",
    "0 1 2 3 4 5 5 5, 0 0 0 1 1 1 1 1, 1e-6",
    "0 0 0 1 1 1 2 2, 0 0 0 1 1 2 2 2, 3",
  })
  void shouldAgreeWithAllDeals(String field, String label, double percent) {
    int[] values = codes(field);
    Deals deals = new Deals(values, codes(label));
    IndependenceModel.Chance chance = model(values, codes(label)).of(Columns.margins(values));

    assertThat(chance.meanNats()).isCloseTo(deals.mean, within(1e-12));
    assertThat(chance.squaredLogs()).isCloseTo(deals.squaredLogs, within(1e-12));
    assertThat(chance.deviationNats()).isCloseTo(deals.deviation, withinPercentage(percent));
  }

  /** Spread of mutual information over 2,000 deals, whose own error is about 2 to 5 percent. */
  @ParameterizedTest
  @CsvSource({
    "0.2, 2, 3, 10",
    "0.2, 3, 50, 10",
    "0.2, 10, 500, 8",
    "0.01, 5, 100, 10",
    "0.5, 1, 1000, 8",
  })
  void shouldAgreeWithDealsDrawnAtRandom(
      double share, int thirdLabelEvery, int cardinality, double percent) {
    long seed = 17;
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 1_000;
    int[] field = Columns.zipf(random, rows, cardinality);
    int[] label = Columns.binary(random, rows, share);
    for (int row = 0; row < rows && thirdLabelEvery > 1; row += thirdLabelEvery) {
      label[row] = 2;
    }
    IndependenceModel.Chance chance = model(field, label).of(Columns.margins(field));
    double sum = 0;
    double squares = 0;
    int deals = 2_000;
    for (int deal = 0; deal < deals; deal++) {
      Columns.shuffle(label, random);
      double excess =
          RelevanceEstimator.mutualInformationNats(Columns.profile(field, label))
              - chance.meanNats();
      sum += excess;
      squares += excess * excess;
    }
    double deviation = Math.sqrt(squares / deals);

    assertThat(sum / deals)
        .as("seed %d", seed)
        .isCloseTo(0, within(4 * deviation / Math.sqrt(deals)));
    assertThat(chance.deviationNats())
        .as("seed %d", seed)
        .isCloseTo(deviation, withinPercentage(percent));
  }

  @Test
  void shouldLeaveIdsAndConstantsNoChance() {
    int[] label = Columns.binary(new SplittableRandom(1), 5_000, 0.3);
    int[] constant = new int[5_000];
    IndependenceModel model = model(constant, label);

    IndependenceModel.Chance ofId = model.of(Columns.margins(Columns.id(5_000)));
    assertThat(ofId.deviationNats()).isZero();
    assertThat(ofId.meanNats()).isCloseTo(Columns.margins(label).entropyNats(), within(1e-12));
    assertThat(model.of(Columns.margins(constant)).deviationNats()).isZero();
    assertThat(model(constant, constant).of(Columns.margins(label)))
        .isEqualTo(new IndependenceModel.Chance(0, 0, 0));
  }

  /** With large counts 2 n MI has the chi-square law of (r-1)(c-1) degrees of freedom. */
  @Test
  void shouldApproachTheChiSquareLaw() {
    IndependenceModel model = new IndependenceModel(new long[] {600_000, 300_000, 100_000});
    long[] counts = new long[11];
    Arrays.fill(counts, 90_000);
    counts[10] = 100_000;
    IndependenceModel.Chance chance = model.of(Margins.ofCounts(counts));

    assertThat(chance.meanNats() * 2e6).isCloseTo(20, withinPercentage(0.01));
    assertThat(chance.deviationNats() * 2e6).isCloseTo(Math.sqrt(40), withinPercentage(0.01));
    // Upper 5% and 0.1% points of chi-square with 20 degrees of freedom, from tables.
    Margins margins = Margins.ofCounts(counts);
    assertThat(model.pValue(margins, 31.410432844 / 2e6, chance)).isCloseTo(0.05, within(1e-5));
    assertThat(model.pValue(margins, 45.314746618 / 2e6, chance)).isCloseTo(0.001, within(1e-6));
  }

  /**
   * Six of twenty rows have the value, four the label: P(k) = C(6,k) C(14,4-k) / C(20,4). All four
   * together, 15/4845, show most, then three, 280/4845, or none, 1001/4845, by 0.0865 and 0.0783
   * nats.
   */
  @Test
  void shouldSumTheTailOfAFourFoldTable() {
    IndependenceModel model = new IndependenceModel(new long[] {16, 4});
    Margins margins = Margins.ofCounts(new long[] {6, 14});

    assertThat(pValue(model, margins, 4)).isCloseTo(15 / 4845.0, within(1e-12));
    assertThat(pValue(model, margins, 3)).isCloseTo(295 / 4845.0, within(1e-12));
    assertThat(pValue(model, margins, 0)).isCloseTo(1296 / 4845.0, within(1e-12));
    assertThat(pValue(model, margins, 1)).isCloseTo(1, within(1e-12));
  }

  private static double pValue(IndependenceModel model, Margins margins, int k) {
    CountProfile profile =
        CountProfile.builder(2)
            .add(new long[] {6 - k, k}, 0, 1)
            .add(new long[] {10 + k, 4 - k}, 0, 1)
            .build();
    return model.pValue(
        margins, RelevanceEstimator.mutualInformationNats(profile), model.of(margins));
  }

  @Test
  void shouldRefuseAColumnOfOtherRows() {
    assertThatThrownBy(
            () -> new IndependenceModel(new long[] {3, 4}).of(Margins.ofCounts(new long[] {8})))
        .hasMessage("values must have 7 rows, found 8");
  }

  private static IndependenceModel model(int[] field, int[] label) {
    return new IndependenceModel(Columns.profile(field, label).labelTotals());
  }

  private static int[] codes(String cell) {
    return Arrays.stream(cell.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  /** Mean and deviation of mutual information over all orders of the labels. */
  private static final class Deals {
    private final int[] field;
    private final int[] label;
    private double count;
    private double sum;
    private double squares;
    private double logs;
    private final double mean;
    private final double deviation;
    private final double squaredLogs;

    private Deals(int[] field, int[] label) {
      this.field = field;
      this.label = label;
      deal(0);
      this.mean = sum / count;
      this.deviation = Math.sqrt(squares / count - mean * mean);
      this.squaredLogs = logs / count;
    }

    private void deal(int row) {
      if (row == label.length) {
        PointwiseInformation information = PointwiseInformation.of(Columns.profile(field, label));
        double nats = information.meanNats();
        count++;
        sum += nats;
        squares += nats * nats;
        logs += information.varianceNats() + nats * nats;
        return;
      }
      for (int other = row; other < label.length; other++) {
        swap(row, other);
        deal(row + 1);
        swap(row, other);
      }
    }

    private void swap(int row, int other) {
      int code = label[row];
      label[row] = label[other];
      label[other] = code;
    }
  }
}
