package dev.millrace.jobs.bench;

import static dev.millrace.jobs.bench.TrainingBenchConfig.DIM;
import static dev.millrace.jobs.bench.TrainingBenchConfig.FIELDS;
import static dev.millrace.jobs.bench.TrainingBenchConfig.ROWS;

import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.train.Trainer;
import dev.millrace.models.train.TrainingConfig;
import dev.millrace.models.train.TrainingProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Training of AutoInt here and in PyTorch (Python), one after the other in every round, so that
 * what else the machine does slows them alike. Rows are uniform, which touches as many as can be.
 */
final class TrainingBench {
  private final TrainingBenchConfig config;
  private final PyTorch pytorch;
  private final Consumer<String> progress;
  private final ExampleBuffer examples;

  private TrainingBench(TrainingBenchConfig config, PyTorch pytorch, Consumer<String> progress) {
    this.config = config;
    this.pytorch = pytorch;
    this.progress = progress;
    this.examples = examples(config);
  }

  /**
   * Runs the benchmark.
   *
   * @param progress hears a line a figure
   * @return samples per second of each variant, in each round
   */
  static List<Map<TrainingVariant, Double>> run(
      TrainingBenchConfig config, PyTorch pytorch, Consumer<String> progress)
      throws IOException, InterruptedException {
    TrainingBench bench = new TrainingBench(config, pytorch, progress);
    List<Map<TrainingVariant, Double>> rounds = new ArrayList<>();
    for (int round = 1; round <= config.repetitions(); round++) {
      rounds.add(bench.round(round));
    }
    return rounds;
  }

  private Map<TrainingVariant, Double> round(int round) throws IOException, InterruptedException {
    Map<TrainingVariant, Double> measured = new EnumMap<>(TrainingVariant.class);
    for (TrainingVariant variant : TrainingVariant.values()) {
      double samplesPerSecond =
          switch (variant) {
            case MILLRACE -> millrace();
            case PYTORCH_DENSE -> pytorch.samplesPerSecond(config, "dense");
            case PYTORCH_SPARSE -> pytorch.samplesPerSecond(config, "sparse");
          };
      measured.put(variant, samplesPerSecond);
      progress.accept(
          String.format(
              Locale.ROOT,
              "repetition %d: %s %,.0f samples/s",
              round,
              variant.label(),
              samplesPerSecond));
    }
    return measured;
  }

  private double millrace() throws IOException {
    TrainingConfig training =
        TrainingConfig.defaults()
            .withBatchSize(config.batch())
            .withMaxEpochs(2)
            .withSeed(config.seed())
            .withCompute(new TrainingConfig.Compute(config.device(), config.threads()));
    List<TrainingProgress> reports = new ArrayList<>();
    new Trainer(config.network(), EmbeddingLayout.plain(ROWS, DIM, FIELDS), training)
        .train(examples, new ExampleBuffer(FIELDS), reports::add);
    return reports.get(reports.size() - 1).samplesPerSecond();
  }

  private static ExampleBuffer examples(TrainingBenchConfig config) {
    SplittableRandom random = new SplittableRandom(config.seed());
    ExampleBuffer examples = new ExampleBuffer(FIELDS);
    float[] weights = new float[FIELDS];
    Arrays.fill(weights, 1);
    for (int i = 0; i < config.batch() * config.steps(); i++) {
      examples.add(random.ints(FIELDS, 0, ROWS).toArray(), weights, random.nextInt(2));
    }
    return examples;
  }
}
