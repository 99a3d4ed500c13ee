package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/feature-ranking-statistics.md}, printed. */
@Tag("slow")
final class NullCalibrationTest {
  private static final long SEED = 2026;
  private static final int ROWS = 16_384;
  private static final int DEALS = 4_000;

  @Test
  void shouldScatterAsLittleAsChanceAllowsAndFarLessThanTheShift() {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] label = Columns.binary(random, ROWS, 0.21);
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put("Bernoulli 0.05", Columns.binary(random, ROWS, 0.05));
    for (int cardinality : new int[] {2, 10, 100, 1_000, 10_000}) {
      int[] uniform = Columns.uniform(random, ROWS, cardinality);
      shapes.put("uniform " + cardinality, uniform);
      shapes.put("zipf " + cardinality, Columns.zipf(random, ROWS, cardinality));
    }
    shapes.put("id", Columns.id(ROWS));
    IndependenceModel model = new IndependenceModel(Columns.profile(label, label).labelTotals());

    print("| field | E[MI] | exact | measured | p < 0.01 | p < 0.05 | missed | shift | measured |");
    shapes.forEach((name, field) -> measure(name, field, label, model, random));
  }

  private static void measure(
      String name, int[] field, int[] label, IndependenceModel model, SplittableRandom random) {
    ShiftedScore shifted = new ShiftedScore();
    double squares = 0;
    double shiftedSquares = 0;
    int percent = 0;
    int fivePercent = 0;
    int missed = 0;
    Relevance relevance = null;
    for (int deal = 0; deal < DEALS; deal++) {
      Columns.shuffle(field, random);
      CountProfile profile = Columns.profile(field, label);
      relevance = RelevanceEstimator.expected(profile, model);
      squares += relevance.score() * relevance.score();
      percent += relevance.pValue() < 0.01 ? 1 : 0;
      fivePercent += relevance.pValue() < 0.05 ? 1 : 0;
      missed += relevance.lower() > 0 || relevance.upper() < 0 ? 1 : 0;
      double score = shifted.nats(field, Columns.cardinality(field), label, 2, 0, ROWS);
      shiftedSquares += score * score;
    }
    double shift =
        RelevanceEstimator.shifted(Columns.profile(field, label), 0, model).nullDeviation();
    double measured = Math.sqrt(squares / DEALS);
    double bound = relevance.nullDeviation();
    print(
        "| %s | %.6f | %.7f | %.7f | %.1f%% | %.1f%% | %.1f%% | %.7f | %.7f |",
        name,
        relevance.noiseNats(),
        bound,
        measured,
        100.0 * percent / DEALS,
        100.0 * fivePercent / DEALS,
        100.0 * missed / DEALS,
        shift,
        Math.sqrt(shiftedSquares / DEALS));
    assertThat(measured).as("seed %d", SEED).isBetween(0.88 * bound, 1.12 * bound);
    assertThat(missed).as("seed %d", SEED).isLessThanOrEqualTo(DEALS / 50);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
