package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RelevanceEstimatorTest {
  private static final double Z_99 = 2.5758293035489004;

  /** Three rows in four as the label says: MI = 0.1308 nats, see {@link ContingencyTableTest}. */
  @Test
  void shouldGiveThreeScoresOfOneTable() {
    CountProfile profile =
        CountProfile.builder(2)
            .add(new long[] {300, 100}, 0, 1)
            .add(new long[] {100, 300}, 0, 1)
            .build();
    Relevance expected = RelevanceEstimator.expected(profile);
    Relevance plain = RelevanceEstimator.plain(profile, Columns.model(profile));
    Relevance shifted = RelevanceEstimator.shifted(profile, 0.12, Columns.model(profile));

    assertThat(plain.score()).isCloseTo(0.13081203594113697, within(1e-14));
    assertThat(plain.noiseNats()).isZero();
    assertThat(expected.mutualInformationNats()).isEqualTo(plain.score());
    // One degree of freedom: (r-1)(c-1) / 2n.
    assertThat(expected.noiseNats()).isCloseTo(1.0 / 1_600, within(2e-6));
    assertThat(expected.score()).isEqualTo(plain.score() - expected.noiseNats());
    assertThat(shifted.score()).isEqualTo(0.12);
    assertThat(shifted.noiseNats()).isEqualTo(plain.score() - 0.12);
    assertThat(plain.standardError()).isEqualTo(expected.standardError());
    assertThat(plain.pValue()).isEqualTo(expected.pValue()).isLessThan(1e-40);
    assertThat(expected.lower())
        .isEqualTo(expected.score() - Z_99 * expected.standardError())
        .isPositive();
  }

  @Test
  void shouldFindNothingWhereTheMarginsLeaveNoChance() {
    int[] label = Columns.binary(new SplittableRandom(2), 1_000, 0.3);
    CountProfile id = Columns.profile(Columns.id(1_000), label);
    CountProfile constant = Columns.profile(new int[1_000], label);
    CountProfile empty = CountProfile.builder(2).build();

    assertThat(RelevanceEstimator.expected(id))
        .extracting(Relevance::score, Relevance::standardError, Relevance::pValue)
        .containsExactly(0.0, 0.0, 1.0);
    assertThat(RelevanceEstimator.expected(constant)).isEqualTo(new Relevance(0, 0, 0, 0, 0, 1, 0));
    assertThat(RelevanceEstimator.expected(empty)).isEqualTo(new Relevance(0, 0, 0, 0, 0, 1, 0));
    assertThat(RelevanceEstimator.shifted(id, 0, Columns.model(id)).pValue()).isEqualTo(1);
    assertThat(RelevanceEstimator.shifted(constant, 0, Columns.model(constant)))
        .isEqualTo(new Relevance(0, 0, 0, 0, 0, 1, 0));
  }

  @Test
  void shouldNotDependOnTheOrderInWhichTheRowsWereCounted() {
    SplittableRandom random = new SplittableRandom(3);
    int[] field = Columns.zipf(random, 3_000, 200);
    int[] label = Columns.binary(random, 3_000, 0.2);
    int[] order = Columns.id(3_000);
    Columns.shuffle(order, random);

    assertThat(
            RelevanceEstimator.expected(
                Columns.profile(Columns.reorder(field, order), Columns.reorder(label, order))))
        .isEqualTo(RelevanceEstimator.expected(Columns.profile(field, label)));
  }

  /**
   * 200 deals of the label over 10,000 rows. The spread is at its exact bound, give or take the
   * error of 200 draws (5% for a normal law, 13% for two values); the p-values are uniform by
   * Kolmogorov and Smirnov's test at 1%; at most 1% of the 99% intervals miss zero, and with three
   * standard deviations of luck six of 200.
   */
  @ParameterizedTest
  @CsvSource({
    "uniform, 2", "uniform, 10", "uniform, 100", "uniform, 1000", "uniform, 10000",
    "zipf, 2", "zipf, 10", "zipf, 100", "zipf, 1000", "zipf, 10000",
  })
  void shouldCallNoiseNoise(String kind, int cardinality) {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 10_000;
    int deals = 200;
    int[] field =
        kind.equals("zipf")
            ? Columns.zipf(random, rows, cardinality)
            : Columns.uniform(random, rows, cardinality);
    int[] label = Columns.binary(random, rows, 0.21);
    IndependenceModel model = new IndependenceModel(Columns.profile(field, label).labelTotals());
    double[] scores = new double[deals];
    double[] pValues = new double[deals];
    double bound = 0;
    int missed = 0;
    for (int deal = 0; deal < deals; deal++) {
      Columns.shuffle(label, random);
      Relevance relevance = RelevanceEstimator.expected(Columns.profile(field, label), model);
      scores[deal] = relevance.score();
      pValues[deal] = relevance.pValue();
      bound = relevance.nullDeviation();
      missed += relevance.lower() > 0 || relevance.upper() < 0 ? 1 : 0;
    }
    double deviation = Math.sqrt(Arrays.stream(scores).map(s -> s * s).average().orElseThrow());

    assertThat(deviation / bound).as("seed %d", seed).isBetween(0.75, 1.25);
    assertThat(Arrays.stream(scores).average().orElseThrow())
        .as("seed %d", seed)
        .isCloseTo(0, within(3.5 * bound / Math.sqrt(deals)));
    assertThat(distanceFromUniform(pValues))
        .as("seed %d", seed)
        .isLessThan(1.63 / Math.sqrt(deals));
    assertThat(missed).as("seed %d", seed).isLessThanOrEqualTo(6);
  }

  /** Kolmogorov and Smirnov's statistic. */
  private static double distanceFromUniform(double[] values) {
    Arrays.sort(values);
    double distance = 0;
    for (int i = 0; i < values.length; i++) {
      distance =
          Math.max(
              distance,
              Math.max(
                  (i + 1.0) / values.length - values[i], values[i] - (double) i / values.length));
    }
    return distance;
  }

  /**
   * Fields that tell something, whose information is known: 300 samples each, of which about three
   * intervals may miss it. The standard error is the samples' deviation, give or take the error of
   * 300 draws.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 1.0, 0.5",
    "2, 1.0, 0.05",
    "10, 0.5, 0.2",
    "100, 1.0, 0.2",
    "100, 0.5, 0.2",
    "1000, 0.3, 0.5",
  })
  void shouldCoverTheInformationThatThereIs(int cardinality, double strength, double share) {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 20_000;
    double[] chances = new double[cardinality];
    double logit = Math.log(share / (1 - share));
    for (int value = 0; value < cardinality; value++) {
      double effect = cardinality == 2 ? 2 * value - 1 : 3.4 * random.nextDouble() - 1.7;
      chances[value] = 1 / (1 + Math.exp(-logit - strength * effect));
    }
    double truth = information(chances);
    int samples = 300;
    int missed = 0;
    double scores = 0;
    double squares = 0;
    double standardErrors = 0;
    for (int sample = 0; sample < samples; sample++) {
      long[] counts = new long[2 * cardinality];
      for (int row = 0; row < rows; row++) {
        int value = random.nextInt(cardinality);
        counts[2 * value + (random.nextDouble() < chances[value] ? 1 : 0)]++;
      }
      Relevance relevance = RelevanceEstimator.expected(profile(counts));
      missed += relevance.lower() > truth || relevance.upper() < truth ? 1 : 0;
      scores += relevance.score();
      squares += relevance.score() * relevance.score();
      standardErrors += relevance.standardError();
    }
    double mean = scores / samples;
    double deviation = Math.sqrt(squares / samples - mean * mean);

    assertThat(missed).as("seed %d", seed).isLessThanOrEqualTo(10);
    assertThat(standardErrors / samples / deviation).as("seed %d", seed).isBetween(0.85, 1.2);
  }

  /** Mutual information of a uniform field and a label with these chances by value. */
  private static double information(double[] chances) {
    double share = Arrays.stream(chances).average().orElseThrow();
    return Arrays.stream(chances)
        .map(p -> p * Math.log(p / share) + (1 - p) * Math.log((1 - p) / (1 - share)))
        .average()
        .orElseThrow();
  }

  private static CountProfile profile(long[] counts) {
    CountProfile.Builder profile = CountProfile.builder(2);
    for (int start = 0; start < counts.length; start += 2) {
      profile.add(counts, start, 1);
    }
    return profile.build();
  }

  /** 300 orders of the rows; one row in twenty has the value, as in the reference's worst case. */
  @ParameterizedTest
  @CsvSource({"0.05, 2", "0.5, 2", "0, 300"})
  void shouldKnowHowFarTheShiftScatters(double share, int cardinality) {
    long seed = 23;
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 5_000;
    int[] field =
        share > 0 ? Columns.binary(random, rows, share) : Columns.zipf(random, rows, cardinality);
    int[] label = Columns.binary(random, rows, 0.4);
    ShiftedScore shifted = new ShiftedScore();
    int orders = 300;
    double squares = 0;
    for (int order = 0; order < orders; order++) {
      Columns.shuffle(field, random);
      Columns.shuffle(label, random);
      double score = shifted.nats(field, cardinality, label, 2, 0, rows);
      squares += score * score;
    }
    CountProfile profile = Columns.profile(field, label);
    Relevance relevance = RelevanceEstimator.shifted(profile, 0.01, Columns.model(profile));

    assertThat(relevance.nullDeviation() / Math.sqrt(squares / orders))
        .as("seed %d", seed)
        .isBetween(0.85, 1.2);
    assertThat(RelevanceEstimator.shifted(profile, 0, Columns.model(profile)).pValue())
        .isCloseTo(0.5, within(1e-12));
  }
}
