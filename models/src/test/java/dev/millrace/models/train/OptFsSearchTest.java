package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.golden.Golden;
import dev.millrace.models.golden.GoldenCase;
import dev.millrace.models.network.DeepFm;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.Networks;
import dev.millrace.models.network.OptFs;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.RowMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptFsSearchTest {
  private static final int VALUES = 10;
  private static final int NOISE = 40;
  private static final long SEED = 31;

  /** Two fields that clicks depend on and one that they do not. */
  private static final EmbeddingLayout LAYOUT = EmbeddingLayout.plain(2 * VALUES + NOISE, 4, 3);

  private static final Network NETWORK = new DeepFm(true, List.of(16), 0);
  private static final TrainingConfig CONFIG =
      TrainingConfig.defaults()
          .withAdam(AdamConfig.DEFAULT.withLearningRate(1e-2))
          .withPasses(new TrainingConfig.Passes(128, 8, 2, 1 << 14))
          .withSeed(SEED)
          .withThreads(1);
  private static final OptFsConfig SEARCH = new OptFsConfig(6, 0, 100, 1e-3);
  private static final ExampleBuffer EXAMPLES = examples();
  private static final ExampleSource TRAINING = EXAMPLES.slice(0, 4_000);
  private static final ExampleSource VALIDATION = EXAMPLES.slice(4_000, 6_000);

  @TempDir private Path folder;

  @Test
  void shouldKeepWhatClicksDependOnAndCutTheNoise() throws IOException {
    OptFsResult result = run(new OptFsSearch(NETWORK, LAYOUT, CONFIG, SEARCH));
    Gates.Summary telling = result.gates().summary(IntStream.range(0, 2 * VALUES));
    Gates.Summary noise = result.gates().summary(IntStream.range(2 * VALUES, LAYOUT.tableRows()));
    assertThat(telling.keptShare()).as("seed %d", SEED).isGreaterThan(0.8);
    assertThat(noise.keptShare()).as("seed %d", SEED).isLessThan(0.2);
    assertThat(telling.mean()).isGreaterThan(noise.mean());
    assertThat(result.nothingCut()).isEmpty();
    EmbeddingLayout cut = result.network().layout();
    assertThat(cut.storedRows()).isEqualTo(result.gates().summary().kept() + 1);
    double whole = auc(new Trainer(NETWORK, LAYOUT, CONFIG).train(TRAINING, VALIDATION, silent()));
    assertThat(auc(result.retraining())).isGreaterThan(whole - 0.01);
  }

  @Test
  void shouldLetTheRateFallOverTheSearchAndNotOverAShorterRetraining() throws IOException {
    List<Double> rates = new ArrayList<>();
    TrainingConfig config = CONFIG.withMaxEpochs(2).withSchedule(new Schedule.Cosine(2));
    new OptFsSearch(NETWORK, LAYOUT, config, SEARCH)
        .run(
            TRAINING,
            VALIDATION,
            progress -> progress.validation().ifPresent(end -> rates.add(progress.learningRate())),
            silent());
    assertThat(rates).hasSize(6).allMatch(rate -> rate > 5e-4);
    assertThat(rates.get(3)).isCloseTo(5e-3, within(1e-12));
  }

  @Test
  void shouldPenaliseRowsAsTheNetworkSeesThem() throws IOException {
    Network convex = Networks.create("lr", Map.of());
    TrainingConfig penalised =
        CONFIG.withLoss(new TrainingConfig.Loss(1, 0, 1e-3)).withMaxEpochs(20).withPatience(20);
    OptFsConfig free = new OptFsConfig(2, 0, 1, 0);
    TrainedNetwork plain =
        new Trainer(convex, LAYOUT, penalised).train(TRAINING, VALIDATION, silent()).network();
    OptFsResult searched = run(new OptFsSearch(convex, LAYOUT, penalised, free));
    assertThat(searched.nothingCut()).isPresent();
    assertThat(norm(searched.network())).isCloseTo(norm(plain), withinPercentage(2));
  }

  private static double norm(TrainedNetwork network) {
    double squares = 0;
    for (ParameterSpec spec : ParameterSpec.declaredBy(network.network(), network.layout())) {
      if (spec.role() == ParameterSpec.Role.TABLE) {
        for (float value : network.parameters().values(spec.name())) {
          squares += (double) value * value;
        }
      }
    }
    return Math.sqrt(squares);
  }

  @Test
  void shouldGiveThePlainNetworkWithTheGatesFoldedIn() throws IOException {
    OptFsResult result = run(new OptFsSearch(NETWORK, LAYOUT, CONFIG, SEARCH));
    TrainedNetwork trained = result.network();
    assertThat(trained.network()).isEqualTo(NETWORK);
    float[] table = trained.parameters().values("embedding");
    assertThat(Arrays.copyOfRange(table, table.length - LAYOUT.dim(), table.length))
        .containsOnly(0);
    float[] probabilities = trained.predict(VALIDATION);
    double logLoss = 0;
    for (int i = 0; i < probabilities.length; i++) {
      boolean click = EXAMPLES.labels().get(4_000 + i) == 1;
      logLoss -= Math.log(click ? probabilities[i] : 1 - probabilities[i]);
    }
    // The metrics are those of the network before folding.
    assertThat(logLoss / probabilities.length)
        .isCloseTo(result.retraining().validation().logLoss().orElseThrow(), within(1e-6));
  }

  @Test
  void shouldSayThatTooFewStepsCutNothing() throws IOException {
    TrainingConfig slow = CONFIG.withAdam(AdamConfig.DEFAULT).withMaxEpochs(1);
    OptFsResult result =
        run(new OptFsSearch(NETWORK, LAYOUT, slow, new OptFsConfig(2, 0, 100, 1e-3)));
    assertThat(result.gateSteps()).isEqualTo(64);
    assertThat(result.nothingCut())
        .contains(
            "No value was cut: a gate starts at 0.5 and moves about the learning rate in a step,"
                + " so 64 steps at 0.001 are too few; it takes more than 500.");
    assertThat(result.network().layout()).isEqualTo(LAYOUT);
    assertThat(result.gates().summary().keptShare()).isEqualTo(1);
  }

  @Test
  void shouldSayThatTooSmallAPenaltyCutNothing() throws IOException {
    OptFsConfig free = new OptFsConfig(2, 0, 1, 0);
    // One step is enough at this rate, but nothing pulls the gates of rows without a use down.
    TrainingConfig config = CONFIG.withAdam(AdamConfig.DEFAULT.withLearningRate(0.0079));
    OptFsResult result = run(new OptFsSearch(NETWORK, LAYOUT, config.withMaxEpochs(1), free));
    assertThat(result.nothingCut().orElseThrow())
        .startsWith("No value was cut: the smallest gate is ")
        .endsWith(" after 64 steps, so the penalty of 0.0 is too small.");
  }

  @Test
  void shouldRefuseAPenaltyThatLeavesNothing() {
    OptFsConfig heavy = new OptFsConfig(6, 0, 100, 10);
    assertThatThrownBy(() -> run(new OptFsSearch(NETWORK, LAYOUT, CONFIG, heavy)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "optfs.penalty must leave a value, found 10.0 with which all 60 gates fell below 0");
  }

  @Test
  void shouldGiveTheSameBitsWhenItIsKilledInTheSearchAndInTheRetraining() throws IOException {
    OptFsConfig search = new OptFsConfig(6, 1, 100, 1e-3);
    OptFsSearch plain = new OptFsSearch(NETWORK, LAYOUT, CONFIG, search);
    OptFsResult expected = run(plain);
    Checkpointing settings = new Checkpointing(folder.resolve("checkpoint"), 5, Duration.ZERO);
    OptFsSearch resuming = plain.withCheckpoints(settings);
    TrainingListener killer =
        progress -> {
          if (progress.validation().isPresent() && progress.epoch() == 3) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(() -> resuming.run(TRAINING, VALIDATION, killer, silent()))
        .hasMessage("killed");
    TrainingListener early =
        progress -> {
          throw new IllegalStateException("killed again");
        };
    assertThatThrownBy(() -> resuming.run(TRAINING, VALIDATION, silent(), early))
        .hasMessage("killed again");
    OptFsResult found = run(resuming);
    for (ParameterSpec spec : ParameterSpec.declaredBy(NETWORK, expected.network().layout())) {
      assertThat(found.network().parameters().values(spec.name()))
          .as(spec.name())
          .isEqualTo(expected.network().parameters().values(spec.name()));
    }
    assertThat(found.gateSteps()).isEqualTo(expected.gateSteps());
  }

  @Test
  void shouldRefuseTheCheckpointOfARetrainingFromOtherWeights() throws IOException {
    Path file = folder.resolve("checkpoint");
    Checkpointing settings = new Checkpointing(file, 1_000, Duration.ZERO);
    TrainingConfig config = CONFIG.withMaxEpochs(1);
    run(search(config, 0).withCheckpoints(settings));
    // The rewind alone changes neither the search nor what is cut.
    Files.delete(file);
    assertThatThrownBy(() -> run(search(config, 1).withCheckpoints(settings)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is the checkpoint of another training: start must be checksum ");
  }

  private static OptFsSearch search(TrainingConfig config, int rewind) {
    return new OptFsSearch(NETWORK, LAYOUT, config, new OptFsConfig(2, rewind, 1, 0));
  }

  @Test
  void shouldRaiseTheTemperatureAsPublished() {
    // gamma^(t / (T - 1)) for gamma 1000 and T 8, as the authors' code gives it.
    OptFsConfig config = new OptFsConfig(8, 0, 1_000, 0);
    double[] temperatures = IntStream.range(0, 8).mapToDouble(config::temperature).toArray();
    assertThat(temperatures)
        .containsExactly(
            new double[] {
              1,
              2.6826957952797255,
              7.196856730011519,
              19.3069772888325,
              51.7947467923121,
              138.94954943731378,
              372.7593720314939,
              1_000
            },
            within(1e-9));
  }

  private enum Searched {
    COLD(GoldenCase.OPTFS_COLD),
    HOT(GoldenCase.OPTFS_HOT);

    private final GoldenCase golden;

    Searched(GoldenCase golden) {
      this.golden = golden;
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveTheGatesTheGoldenGradientWithTheirPenalty(Searched searched) {
    Golden golden = searched.golden.read();
    ExampleBuffer batch = golden.examples();
    Penalty penalty = Penalty.gate(golden.number("lam"), golden.number("temp"));
    float[] gates = golden.parameters().values(OptFs.GATE);
    try (EngineNetwork engine =
            EngineNetwork.open(golden.network(), golden.layout(), golden.parameters());
        NDManager step = engine.newStep()) {
      Map<String, NDArray> leaves = engine.begin(step, batch, true);
      new TrainingStep(engine, CONFIG).backward(step, leaves, batch);
      float[] touched = leaves.get(OptFs.GATE).getGradient().toFloatArray();
      double[] expected = golden.tensors("grads").get(OptFs.GATE);
      for (int row = 0; row < gates.length; row++) {
        int position = engine.touched().positionOf(row);
        double gradient = (position < 0 ? 0 : touched[position]) + penalty.gradient(gates[row]);
        assertThat(gradient).as("gate %d", row).isCloseTo(expected[row], within(1e-6));
      }
    }
  }

  @Test
  void shouldSummariseTheGatesOfSomeRows() {
    Gates gates = new Gates(new float[] {-1, -0.9f, 0, 0.2f, 1});
    assertThat(gates.summary(IntStream.of(2, 4))).isEqualTo(new Gates.Summary(2, 1, 0, 0.5, 1));
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    assertThatThrownBy(() -> new OptFsConfig(1, 0, 100, 0))
        .hasMessage("optfs.epochs must be >= 2, found 1");
    assertThatThrownBy(() -> new OptFsConfig(4, 4, 100, 0))
        .hasMessage("optfs.rewind must be in 0..3, found 4");
    assertThatThrownBy(() -> new OptFsConfig(4, 0, 0.5, 0))
        .hasMessage("optfs.finalTemperature must be >= 1 and finite, found 0.5");
    assertThatThrownBy(() -> new OptFsConfig(4, 0, 100, -1))
        .hasMessage("optfs.penalty must be >= 0 and finite, found -1.0");
    EmbeddingLayout cut = LAYOUT.withCut(RowMap.keeping(LAYOUT.tableRows(), row -> row > 3));
    assertThatThrownBy(() -> new OptFsSearch(NETWORK, cut, CONFIG, SEARCH))
        .hasMessage("layout must hold every row, found RowMap[56 of 60 rows]");
  }

  private static OptFsResult run(OptFsSearch search) throws IOException {
    return search.run(TRAINING, VALIDATION, silent(), silent());
  }

  private static TrainingListener silent() {
    return TrainingListener.SILENT;
  }

  private static double auc(TrainingResult result) {
    return result.validation().auc().orElseThrow();
  }

  /** Clicks with 0.9 or 0.1, by whether the values of the first two fields are both odd or even. */
  private static ExampleBuffer examples() {
    SplittableRandom random = new SplittableRandom(SEED);
    ExampleBuffer examples = new ExampleBuffer(3);
    for (int i = 0; i < 6_000; i++) {
      int first = random.nextInt(VALUES);
      int second = random.nextInt(VALUES);
      int[] rows = {first, VALUES + second, 2 * VALUES + random.nextInt(NOISE)};
      double probability = (first + second) % 2 == 0 ? 0.9 : 0.1;
      examples.add(rows, new float[] {1, 1, 1}, random.nextDouble() < probability ? 1 : 0);
    }
    return examples;
  }
}
