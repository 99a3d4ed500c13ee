package dev.millrace.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.models.bundle.BundleException;
import dev.millrace.models.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScorerTest {

  @TempDir private Path folder;

  private static Scorer open(TrainedShop shop, ModelBundle bundle, int maxBatch)
      throws IOException {
    return Scorer.open(bundle, shop.catalog().fingerprint(), new ScorerSettings(1, maxBatch));
  }

  private static void add(ScoringBatch batch, TrainedShop shop, int from, int to) {
    int[] rows = new int[batch.lookups()];
    float[] weights = new float[batch.lookups()];
    for (int i = from; i < to; i++) {
      shop.heldOut().rows().get(i * rows.length, rows);
      shop.heldOut().weights().get(i * rows.length, weights);
      batch.add(rows, weights);
    }
  }

  /** A parity over examples that all score alike would hold for any order of them. */
  private static void requireSpread(float[] probabilities) {
    float least = 1;
    float most = 0;
    for (float probability : probabilities) {
      least = Math.min(least, probability);
      most = Math.max(most, probability);
    }
    assertThat(most - least).as("spread of the probabilities").isGreaterThan(0.2f);
  }

  @Test
  void shouldScoreAsTheTrainedNetworkDoes() throws IOException {
    TrainedShop shop = TrainedShop.unified();
    requireSpread(shop.predicted());
    try (Scorer scorer = open(shop, shop.write(folder.resolve("bundle")), 1024)) {
      assertThat(Parity.require(scorer, shop.heldOut(), shop.predicted()))
          .as("seed %d", TrainedShop.SEED)
          .isBetween(0.0, Parity.TOLERANCE);
      assertThat(scorer.catalog().fingerprint()).isEqualTo(shop.catalog().fingerprint());
      assertThat(scorer.provider()).isEqualTo("cpu");
    }
  }

  @Test
  void shouldScoreAsTheTrainedNetworkDoesWithAVocabulary() throws IOException {
    TrainedShop shop = TrainedShop.withVocabulary();
    requireSpread(shop.predicted());
    try (Scorer scorer = open(shop, shop.write(folder.resolve("bundle")), 1024)) {
      assertThat(Parity.require(scorer, shop.heldOut(), shop.predicted()))
          .as("seed %d", TrainedShop.SEED)
          .isBetween(0.0, Parity.TOLERANCE);
      assertThat(scorer.encoder().tableRows()).isEqualTo(shop.encoder().tableRows());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 999, 1000, 1001})
  void shouldScoreInPartsAsInOne(int maxBatch) throws IOException {
    TrainedShop shop = TrainedShop.unified();
    try (Scorer scorer = open(shop, shop.write(folder.resolve("bundle")), maxBatch)) {
      assertThat(Parity.maxDifference(scorer, shop.heldOut(), shop.predicted()))
          .isLessThan(Parity.TOLERANCE);
    }
  }

  @Test
  void shouldScoreBatchAfterBatchInTheSameMemory() throws IOException {
    TrainedShop shop = TrainedShop.unified();
    try (Scorer scorer = open(shop, shop.write(folder.resolve("bundle")), 32)) {
      ScoringBatch batch = scorer.newBatch(4);
      float[] probabilities = new float[100];
      float[] predicted = shop.predicted();
      for (int[] part : new int[][] {{0, 100}, {100, 101}, {101, 133}, {133, 133}, {900, 1000}}) {
        batch.clear();
        add(batch, shop, part[0], part[1]);
        scorer.score(batch, probabilities);
        for (int i = part[0]; i < part[1]; i++) {
          assertThat(probabilities[i - part[0]])
              .as("example %d", i)
              .isCloseTo(predicted[i], within(1e-5f));
        }
      }
    }
  }

  @Test
  void shouldFindAnotherNetworkOutOfParity() throws IOException {
    TrainedShop shop = TrainedShop.unified();
    float[] other = shop.predicted().clone();
    other[999] += 2e-5f;
    try (Scorer scorer = open(shop, shop.write(folder.resolve("bundle")), 1024)) {
      assertThatExceptionOfType(BundleException.class)
          .isThrownBy(() -> Parity.require(scorer, shop.heldOut(), other))
          .withMessageMatching(
              "the bundle must score within 1.0E-5 of the trained network, found .* over 1000"
                  + " examples")
          .matches(e -> e.reason() == BundleException.Reason.PROBE);
    }
  }

  @Test
  void shouldNameTheReleaseThatGivesNoNumber() throws IOException {
    ModelBundle bundle =
        PlainShop.write(folder.resolve("root"), Graphs.rootOfRows(), 0.125f * (float) Math.sqrt(7));
    try (Scorer scorer = PlainShop.open(bundle)) {
      ScoringBatch batch = scorer.newBatch(3);
      float[] probabilities = new float[3];
      batch.add(new int[] {0, 8}, null);
      scorer.score(batch, probabilities);
      assertThat(probabilities).startsWith(0);

      batch.add(new int[] {4, 5}, null);
      assertThatThrownBy(() -> scorer.score(batch, probabilities))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("release by-hand must give a probability in [0, 1], found NaN");

      batch.clear();
      batch.add(new int[] {4, 4}, null);
      scorer.score(batch, probabilities);
      assertThat(probabilities).startsWith(0);
    }
  }

  @Test
  void shouldNameTheReleaseThatCannotScore() throws IOException {
    TrainedShop shop = TrainedShop.unified();
    try (Scorer scorer = open(shop, shop.write(folder.resolve("bundle")), 64)) {
      ScoringBatch batch = scorer.newBatch(1);
      int[] rows = new int[batch.lookups()];
      rows[2] = shop.encoder().tableRows();
      batch.add(rows, new float[batch.lookups()]);

      assertThatThrownBy(() -> scorer.score(batch, new float[1]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("release autoint-7 cannot score: ")
          .hasMessageContaining("2048")
          .matches(e -> e.getMessage().lines().count() == 1, "one line");
    }
  }

  @Test
  void shouldRefuseSettingsOfNothing() {
    assertThatThrownBy(() -> new ScorerSettings(0, 1))
        .hasMessage("intra-op-threads must be >= 1, found 0");
    assertThatThrownBy(() -> new ScorerSettings(1, 0))
        .hasMessage("max-batch must be >= 1, found 0");
  }
}
