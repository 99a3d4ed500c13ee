package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.onnx.OnnxExport;
import dev.millrace.models.onnx.OnnxSignature;
import dev.millrace.models.onnx.OrtModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  static final int VALUES = 10;
  static final int FIELDS = 4;
  static final EmbeddingLayout PLAIN = EmbeddingLayout.plain(FIELDS * VALUES, 8, FIELDS);
  static final TrainingConfig CONFIG =
      TrainingConfig.defaults()
          .withAdam(AdamConfig.DEFAULT.withLearningRate(5e-3))
          .withBatchSize(256)
          .withMaxEpochs(12)
          .withSeed(17)
          .withThreads(1);

  @ParameterizedTest
  @EnumSource
  void shouldLearnAnInteractionThatNoFieldShowsAlone(AutoInt.Form form) throws IOException {
    ExampleBuffer examples = interaction(6_000, 1);
    TrainingResult result = train(new AutoInt(form, 2, 2, 8, 0, 0), CONFIG, examples);
    // Clicks come with 0.9 or 0.1 by the parity of two fields: the best possible AUC is 0.9.
    assertThat(result.validation().auc().orElseThrow()).as("seed 1, 17").isGreaterThan(0.85);
    assertThat(result.validation().logLoss().orElseThrow()).isLessThan(0.55);
  }

  @Test
  void shouldGiveTheSameParametersForTheSameSeedOnly() throws IOException {
    ExampleBuffer examples = interaction(2_000, 2);
    AutoInt network = new AutoInt(AutoInt.Form.AUTHORS, 1, 2, 8, 0.2, 0.1);
    TrainingConfig config = CONFIG.withMaxEpochs(2).withThreads(1);
    TrainingResult first = train(network, config, examples);
    TrainingResult second = train(network, config, examples);
    TrainingResult other = train(network, config.withSeed(18), examples);
    for (ParameterSpec spec : ParameterSpec.declaredBy(network, PLAIN)) {
      float[] values = first.network().parameters().values(spec.name());
      assertThat(values).isEqualTo(second.network().parameters().values(spec.name()));
      assertThat(values).isNotEqualTo(other.network().parameters().values(spec.name()));
    }
    assertThat(first.validation()).isEqualTo(second.validation());
  }

  @Test
  void shouldServeWhatItTrained() throws Exception {
    EmbeddingLayout layout =
        EmbeddingLayout.weighted(FIELDS * VALUES, 8, new int[] {0, 1, 2, 2, 2, 3});
    ExampleBuffer examples = multiValued(3_000);
    AutoInt network = new AutoInt(AutoInt.Form.AUTHORS, 2, 2, 8, 0.2, 0.1);
    TrainingResult result =
        new Trainer(network, layout, CONFIG.withMaxEpochs(3))
            .train(examples.slice(0, 2_000), examples.slice(2_000, 3_000), TrainingListener.SILENT);
    TrainedNetwork trained = result.network();
    byte[] model = OnnxExport.export(network, layout, trained.parameters(), Map.of());
    try (OrtModel ort = new OrtModel(model)) {
      // The project's bound for serving against training; both compute in float32.
      assertThat(ort.run(examples, OnnxSignature.PROBABILITY))
          .containsExactly(trained.predict(examples), within(1e-5f));
    }
  }

  @Test
  void shouldKeepTheBestEpochAndStopWhenPatienceEnds() throws IOException {
    // Labels without a cause: the validation AUC cannot rise for long.
    ExampleBuffer examples = new ExampleBuffer(FIELDS);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 600; i++) {
      examples.add(rows(random), ones(FIELDS), random.nextInt(2));
    }
    List<BinaryMetrics> seen = new ArrayList<>();
    TrainingResult result =
        new Trainer(
                new AutoInt(AutoInt.Form.AUTHORS, 1, 1, 8, 0, 0),
                PLAIN,
                CONFIG.withMaxEpochs(200).withPatience(3))
            .train(
                examples.slice(0, 300),
                examples.slice(300, 600),
                progress -> progress.validation().ifPresent(seen::add));
    assertThat(result.epochs()).isEqualTo(result.bestEpoch() + 3).isEqualTo(seen.size());
    assertThat(result.validation()).isEqualTo(seen.get(result.bestEpoch() - 1));
    BinaryMetrics again =
        BinaryMetrics.of(
            result.network().predict(examples.slice(300, 600)), labels(examples, 300, 600));
    assertThat(again).isEqualTo(result.validation());
  }

  @Test
  void shouldRunAllEpochsWithoutValidation() throws IOException {
    List<TrainingProgress> ends = new ArrayList<>();
    TrainingResult result =
        new Trainer(new AutoInt(AutoInt.Form.PAPER, 1, 1, 4, 0, 0), PLAIN, CONFIG.withMaxEpochs(5))
            .train(interaction(300, 5), new ExampleBuffer(FIELDS), ends::add);
    assertThat(result.epochs()).isEqualTo(5);
    assertThat(result.bestEpoch()).isEqualTo(5);
    assertThat(result.samplesSeen()).isEqualTo(1_500);
    assertThat(result.validation().rows()).isZero();
    assertThat(ends.get(ends.size() - 1).samplesSeen()).isEqualTo(1_500);
    assertThat(ends).allMatch(progress -> progress.loss() > 0);
  }

  @Test
  void shouldRefuseExamplesThatDoNotFit() {
    Trainer trainer = new Trainer(AutoInt.ofPaper(), PLAIN, CONFIG);
    ExampleBuffer none = new ExampleBuffer(FIELDS);
    assertThatThrownBy(() -> trainer.train(none, none, TrainingListener.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training must hold at least 1 example, found 0");
    ExampleBuffer beyond = new ExampleBuffer(FIELDS);
    beyond.add(new int[] {0, 1, 2, FIELDS * VALUES}, ones(FIELDS), 1);
    assertThatThrownBy(() -> trainer.train(beyond, none, TrainingListener.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row must be in 0..39, found 40");
    ExampleBuffer narrow = new ExampleBuffer(FIELDS - 1);
    assertThatThrownBy(() -> trainer.train(narrow, none, TrainingListener.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training must have 4 lookups, found 3");
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    assertThatThrownBy(() -> CONFIG.withBatchSize(0)).hasMessage("batchSize must be >= 1, found 0");
    assertThatThrownBy(() -> CONFIG.withThreads(0)).hasMessage("threads must be >= 1, found 0");
    assertThatThrownBy(() -> new TrainingConfig.Loss(0, 0, 0))
        .hasMessage("positiveWeight must be > 0 and finite, found 0.0");
    assertThatThrownBy(() -> new TrainingConfig.Loss(1, -1, 0))
        .hasMessage("l2 must be >= 0 and finite, found -1.0");
    assertThatThrownBy(() -> new TrainingConfig.Loss(1, 0, Double.NaN))
        .hasMessage("embeddingL2 must be >= 0 and finite, found NaN");
    assertThatThrownBy(() -> new Schedule.Plateau(1, 1))
        .hasMessage("schedule.factor must be between 0 and 1, found 1.0");
    assertThatThrownBy(() -> new Schedule.Plateau(0.5, 0))
        .hasMessage("schedule.patience must be >= 1, found 0");
    assertThatThrownBy(() -> AdamConfig.DEFAULT.withLearningRate(Double.NaN))
        .hasMessage("learningRate must be > 0 and finite, found NaN");
    assertThatThrownBy(() -> new AdamConfig(1e-3, 1, 0.999, 1e-8))
        .hasMessage("beta1 must be in [0, 1), found 1.0");
  }

  @Test
  void shouldLearnFromEveryRowOfADecayingTableToo() throws IOException {
    TrainingConfig every =
        CONFIG
            .withRowUpdates(RowUpdates.EVERY_ROW)
            .withLoss(new TrainingConfig.Loss(1, 1e-5, 1e-5));
    TrainingResult result =
        train(new AutoInt(AutoInt.Form.FUXI_LN, 2, 2, 8, 0, 0), every, interaction(6_000, 1));
    assertThat(result.validation().auc().orElseThrow()).as("seed 1, 17").isGreaterThan(0.85);
  }

  @Test
  void shouldShrinkWhatThePenaltyIsOn() throws IOException {
    AutoInt network = new AutoInt(AutoInt.Form.PAPER, 1, 2, 8, 0, 0);
    TrainingConfig config =
        CONFIG
            .withAdam(AdamConfig.DEFAULT.withLearningRate(2e-2))
            .withBatchSize(32)
            .withMaxEpochs(2)
            .withRowUpdates(RowUpdates.EVERY_ROW);
    ExampleBuffer examples = interaction(2_000, 3);
    Parameters plain = parameters(network, config, 0, 0, examples);
    Parameters weights = parameters(network, config, 1, 0, examples);
    Parameters embeddings = parameters(network, config, 0, 1, examples);
    String weight = "attention.0.query.weight";
    assertThat(norm(weights, weight)).isLessThan(norm(plain, weight) / 10);
    assertThat(norm(weights, "embedding")).isGreaterThan(norm(plain, "embedding") / 10);
    assertThat(norm(embeddings, "embedding")).isLessThan(norm(plain, "embedding") / 10);
    assertThat(norm(embeddings, weight)).isGreaterThan(norm(plain, weight) / 10);
  }

  @Test
  void shouldPredictMoreClicksTheMoreAClickCounts() throws IOException {
    AutoInt network = new AutoInt(AutoInt.Form.PAPER, 1, 2, 8, 0, 0);
    ExampleBuffer examples = interaction(2_000, 3);
    TrainingResult plain = train(network, CONFIG, examples);
    TrainingResult weighted =
        train(network, CONFIG.withLoss(new TrainingConfig.Loss(4, 0, 0)), examples);
    assertThat(plain.validation().calibration().orElseThrow()).isCloseTo(1, within(0.15));
    // Among equals of click probability p, 4p / (4p + 1 - p) is predicted: 0.8 for a half.
    assertThat(weighted.validation().calibration().orElseThrow()).isGreaterThan(1.2);
  }

  @Test
  void shouldReportTheRateOfAPlateau() throws IOException {
    ExampleBuffer constant = new ExampleBuffer(FIELDS);
    for (int i = 0; i < 40; i++) {
      constant.add(new int[] {0, 10, 20, 30}, ones(FIELDS), i % 2);
    }
    List<Double> rates = new ArrayList<>();
    new Trainer(
            new AutoInt(AutoInt.Form.PAPER, 1, 1, 4, 0, 0),
            PLAIN,
            CONFIG.withPatience(5).withSchedule(new Schedule.Plateau(0.5, 2)))
        .train(constant, constant, progress -> rates.add(progress.learningRate()));
    // The AUC is 1/2 throughout: epoch 1 sets it, 2 and 3 do not raise it, nor do 4 and 5.
    assertThat(rates).containsExactly(5e-3, 5e-3, 5e-3, 2.5e-3, 2.5e-3, 1.25e-3);
  }

  private static Parameters parameters(
      AutoInt network, TrainingConfig config, double l2, double embeddingL2, ExampleBuffer examples)
      throws IOException {
    var loss = new TrainingConfig.Loss(1, l2, embeddingL2);
    return train(network, config.withLoss(loss), examples).network().parameters();
  }

  private static double norm(Parameters parameters, String name) {
    double sum = 0;
    for (float value : parameters.values(name)) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private static TrainingResult train(
      AutoInt network, TrainingConfig config, ExampleBuffer examples) throws IOException {
    int split = examples.size() * 3 / 4;
    return new Trainer(network, PLAIN, config)
        .train(
            examples.slice(0, split),
            examples.slice(split, examples.size()),
            TrainingListener.SILENT);
  }

  /** Clicks that depend on whether the first two fields are both odd or both even. */
  @ParameterizedTest
  @ValueSource(ints = {100, 300})
  void shouldRefuseToGoOnWithoutNumbers(int batchSize) {
    // A rate that overflows: the loss shows it in the next step, or else validation does.
    TrainingConfig config =
        CONFIG.withAdam(AdamConfig.DEFAULT.withLearningRate(1e30)).withBatchSize(batchSize);
    ExampleBuffer examples = interaction(300, 5);
    assertThatThrownBy(
            () ->
                new Trainer(AutoInt.ofPaper(), PLAIN, config)
                    .train(examples, examples, TrainingListener.SILENT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            batchSize == 300
                ? "logits\\[0] of validation must be finite, found .*"
                : "loss must be finite, found .* after 100 samples of the epoch");
  }

  static ExampleBuffer interaction(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ExampleBuffer examples = new ExampleBuffer(FIELDS);
    for (int i = 0; i < size; i++) {
      int[] rows = rows(random);
      double probability = (rows[0] + rows[1]) % 2 == 0 ? 0.9 : 0.1;
      examples.add(rows, ones(FIELDS), random.nextDouble() < probability ? 1 : 0);
    }
    return examples;
  }

  /** Three single-valued fields and, third, one of up to three values, weighted 1/n and padded. */
  private static ExampleBuffer multiValued(int size) {
    SplittableRandom random = new SplittableRandom(6);
    ExampleBuffer examples = new ExampleBuffer(6);
    for (int i = 0; i < size; i++) {
      int[] single = rows(random);
      int values = 1 + random.nextInt(3);
      int[] rows = {single[0], single[1], 0, 0, 0, single[3]};
      float[] weights = {1, 1, 0, 0, 0, 1};
      for (int value = 0; value < values; value++) {
        rows[2 + value] = 2 * VALUES + random.nextInt(VALUES);
        weights[2 + value] = 1f / values;
      }
      double probability = rows[2] % 2 == 0 ? 0.8 : 0.2;
      examples.add(rows, weights, random.nextDouble() < probability ? 1 : 0);
    }
    return examples;
  }

  private static int[] rows(SplittableRandom random) {
    int[] rows = new int[FIELDS];
    for (int field = 0; field < FIELDS; field++) {
      rows[field] = field * VALUES + random.nextInt(VALUES);
    }
    return rows;
  }

  private static float[] ones(int length) {
    float[] weights = new float[length];
    Arrays.fill(weights, 1);
    return weights;
  }

  private static float[] labels(ExampleBuffer examples, int from, int to) {
    float[] labels = new float[to - from];
    examples.labels().position(from).get(labels);
    return labels;
  }
}
