package dev.millrace.jobs.experiments;

import dev.millrace.models.network.Network;
import dev.millrace.models.network.Networks;
import dev.millrace.models.train.AdamConfig;
import dev.millrace.models.train.Averaging;
import dev.millrace.models.train.OptFsConfig;
import dev.millrace.models.train.RowUpdates;
import dev.millrace.models.train.Schedule;
import dev.millrace.models.train.TrainingConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The networks on MovieLens-1M without ids. The validation part chose the options. OptFS is around
 * DCNv2, for AutoInt needs most of the zip codes, which are most of the values.
 */
final class MovieLensContenders {
  private static final int MAX_EPOCHS = 50;
  private static final int PATIENCE = 4;
  private static final int BATCH_SIZE = 512;
  private static final double LEARNING_RATE = 2e-3;

  /** Over the steps of about one epoch. */
  private static final Averaging AVERAGING = Averaging.of(0.9993);

  private MovieLensContenders() {}

  static List<Contender> all() {
    Contender dcnV2 = Contender.of("dcnv2", deep("dcnv2"), config(1e-5));
    return List.of(
        Contender.of("lr", Networks.create("lr", Map.of()), config(0)),
        Contender.of("fm", Networks.create("fm", Map.of()), config(1e-5)),
        Contender.of("deepfm", deep("deepfm"), config(1e-5)),
        dcnV2,
        attention("autoint"),
        attention("autoint-plus"),
        Contender.of(
            "fgcnn",
            Networks.create(
                "fgcnn",
                Map.of(
                    "channels",
                    "6,8",
                    "kernel",
                    "3",
                    "newMaps",
                    "2",
                    "classifier.hidden",
                    "200,200",
                    "classifier.dropout",
                    "0.5")),
            config(1e-5)),
        dcnV2.withOptFs("dcnv2 + optfs", new OptFsConfig(8, 0, 1_000, 7e-6)));
  }

  private static Contender attention(String name) {
    Network network =
        Networks.create(
            name, Map.of("form", "authors", "attentionDropout", "0.1", "embeddingDropout", "0.1"));
    return Contender.of(name, network, config(5e-5));
  }

  private static Network deep(String name) {
    return Networks.create(name, Map.of("hidden", "200,200", "dropout", "0.5"));
  }

  /**
   * As the paper trains (section 5.1.4), but in smaller batches at twice the rate, with averages of
   * the steps kept and with a penalty on the tables, without which the networks overfit the rare
   * zip codes.
   */
  private static TrainingConfig config(double embeddingL2) {
    return TrainingConfig.defaults()
        .withOptimisation(
            new TrainingConfig.Optimisation(
                AdamConfig.DEFAULT.withLearningRate(LEARNING_RATE),
                Schedule.CONSTANT,
                RowUpdates.EVERY_ROW,
                Optional.of(AVERAGING)))
        .withLoss(new TrainingConfig.Loss(1, 0, embeddingL2))
        .withBatchSize(BATCH_SIZE)
        .withMaxEpochs(MAX_EPOCHS)
        .withPatience(PATIENCE);
  }
}
