package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.ParameterSpec;
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

class TrainerTest {
  private static final int VALUES = 10;
  private static final int FIELDS = 4;
  private static final EmbeddingLayout PLAIN = EmbeddingLayout.plain(FIELDS * VALUES, 8, FIELDS);
  private static final TrainingConfig CONFIG =
      TrainingConfig.defaults()
          .withAdam(AdamConfig.DEFAULT.withLearningRate(5e-3))
          .withBatchSize(256)
          .withMaxEpochs(8)
          .withSeed(17)
          .withThreads(2);

  @ParameterizedTest
  @EnumSource
  void shouldLearnAnInteractionThatNoFieldShowsAlone(AutoInt.Form form) throws IOException {
    ExampleBuffer examples = interaction(12_000, 1);
    TrainingResult result = train(new AutoInt(form, 2, 2, 8, 0, 0), CONFIG, examples);
    // Clicks come with 0.9 or 0.1 by the parity of two fields: the best possible AUC is 0.9.
    assertThat(result.validation().auc().orElseThrow()).as("seed 1, 17").isGreaterThan(0.85);
    assertThat(result.validation().logLoss().orElseThrow()).isLessThan(0.45);
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
    assertThatThrownBy(() -> AdamConfig.DEFAULT.withLearningRate(Double.NaN))
        .hasMessage("learningRate must be > 0 and finite, found NaN");
    assertThatThrownBy(() -> new AdamConfig(1e-3, 1, 0.999, 1e-8))
        .hasMessage("beta1 must be in [0, 1), found 1.0");
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
  private static ExampleBuffer interaction(int size, long seed) {
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
