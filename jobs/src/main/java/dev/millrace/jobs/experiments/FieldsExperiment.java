package dev.millrace.jobs.experiments;

import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.catalog.FieldKind;
import dev.millrace.features.catalog.FieldSource;
import dev.millrace.features.data.BuiltInCatalogs;
import dev.millrace.features.data.InteractionRows;
import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.table.Progress;
import dev.millrace.features.table.RankingOptions;
import dev.millrace.features.table.Rows;
import dev.millrace.features.table.TableRanker;
import dev.millrace.models.network.Networks;
import dev.millrace.models.train.AdamConfig;
import dev.millrace.models.train.OptFsConfig;
import dev.millrace.models.train.RowUpdates;
import dev.millrace.models.train.TrainingConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Ranks the fields of MovieLens-1M and columns of noise beside them by several criteria, and trains
 * on the best K of each ranking. Criteria see the training part only.
 */
final class FieldsExperiment {
  private static final String RANDOM = "random";
  private static final int DIM = 16;

  private final MovieLensData data;
  private final List<NoiseColumn> noise;
  private final int randomOrders;
  private final Trials trials;
  private final FeatureCatalog catalog;
  private final Contender contender;
  private final FieldsResult result = new FieldsResult();

  /**
   * @param randomOrders orders at random a seed that the rankings are compared with
   */
  FieldsExperiment(MovieLensData data, List<NoiseColumn> noise, int randomOrders, Trials trials) {
    this.data = data;
    this.noise = List.copyOf(noise);
    this.randomOrders = randomOrders;
    this.trials = trials;
    this.catalog = catalog(noise);
    this.contender = contender();
  }

  /** The fields of the data set, then the noise; a row of the table for each value. */
  private static FeatureCatalog catalog(List<NoiseColumn> noise) {
    List<Field> fields = new ArrayList<>();
    for (Field field : BuiltInCatalogs.load("movielens-1m").fields()) {
      fields.add(
          new Field(
              field.ordinal(),
              field.name(),
              field.kind(),
              field.source(),
              field.bucketing(),
              1,
              field.maxValues()));
    }
    for (NoiseColumn column : noise) {
      fields.add(
          new Field(
              fields.size(),
              column.name(),
              FieldKind.CATEGORICAL,
              FieldSource.CONTEXT,
              Optional.empty(),
              1,
              1));
    }
    return FeatureCatalog.of(
        "movielens-1m-noise", new Embedding.VocabularyTable(1, DIM), fields, List.of());
  }

  /** A quick network that takes pairs of fields into account; a high rate spares it epochs. */
  private static Contender contender() {
    AdamConfig adam = AdamConfig.DEFAULT;
    return Contender.of(
        "fm",
        Networks.create("fm", Map.of()),
        TrainingConfig.defaults()
            .withAdam(new AdamConfig(1e-2, adam.beta1(), adam.beta2(), adam.epsilon()))
            .withRowUpdates(RowUpdates.EVERY_ROW)
            .withLoss(new TrainingConfig.Loss(1, 0, 1e-5))
            .withBatchSize(4_096)
            .withMaxEpochs(10)
            .withPatience(1));
  }

  /** Adds a seed: another split, other noise, other initial weights, other random orders. */
  void run(long seed) throws IOException {
    List<FieldFigures> figures = figures(seed);
    result.add(figures);
    for (FieldCriterion criterion : FieldCriterion.values()) {
      result.add(criterion.title(), along(criterion.order(figures), seed));
    }
    Random random = new Random(seed);
    for (int i = 0; i < randomOrders; i++) {
      List<String> order = new ArrayList<>(catalog.fields().stream().map(Field::name).toList());
      Collections.shuffle(order, random);
      result.add(RANDOM, along(order, seed));
    }
  }

  private List<FieldFigures> figures(long seed) throws IOException {
    FeatureRanking counted;
    try (Rows training = data.noisyTraining(noise, seed)) {
      counted = TableRanker.rank(training, RankingOptions.of(InteractionRows.LABEL), Progress.NONE);
    }
    Contender search = contender.withOptFs("fm + optfs", new OptFsConfig(5, 0, 1_000, 1e-6));
    return FieldFigures.of(counted, trial(catalog, search, seed).gates());
  }

  private List<Trial> along(List<String> order, long seed) throws IOException {
    List<Trial> along = new ArrayList<>();
    for (int k = 1; k <= order.size(); k++) {
      along.add(trial(catalog.withFields(order.subList(0, k)), contender, seed));
    }
    return along;
  }

  /** Two orders that begin with the same fields share the trial of these. */
  private Trial trial(FeatureCatalog fields, Contender trained, long seed) throws IOException {
    String name = String.join("+", fields.fields().stream().map(Field::name).toList());
    return trials.run(name, fields, () -> data.noisy(fields, noise, seed), trained, seed);
  }

  FieldsResult result() {
    return result;
  }
}
