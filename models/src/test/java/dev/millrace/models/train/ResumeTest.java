package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleReader;
import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.Fgcnn;
import dev.millrace.models.network.Ipnn;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that is killed again and again, against one that is left alone. */
class ResumeTest {
  private static final TrainingConfig CONFIG =
      TrainerTest.CONFIG
          .withPasses(new TrainingConfig.Passes(64, 4, 4, 130))
          .withSchedule(new Schedule.Plateau(0.5, 1))
          .withLoss(new TrainingConfig.Loss(2, 1e-4, 1e-4))
          .withAveraging(Optional.of(new Averaging(0.98, 2)));
  private static final ExampleBuffer EXAMPLES = TrainerTest.interaction(1_200, 7);
  private static final ExampleSource TRAINING = EXAMPLES.slice(0, 900);
  private static final ExampleSource VALIDATION = EXAMPLES.slice(900, 1_200);

  private static final Network DROPPING = new AutoInt(AutoInt.Form.AUTHORS, 1, 2, 8, 0.3, 0.2);
  private static final Network NORMALISING =
      new Fgcnn(List.of(2), 3, 2, Fgcnn.Pooling.FLOOR, 1, true, new Ipnn(List.of(8), 0.2));

  @TempDir private Path folder;

  private enum Case {
    DROPOUT_AND_LAZY_ROWS(RowUpdates.LAZY),
    BATCH_NORM_AND_EVERY_ROW(RowUpdates.EVERY_ROW);

    private final RowUpdates updates;

    Case(RowUpdates updates) {
      this.updates = updates;
    }

    Network network() {
      return this == DROPOUT_AND_LAZY_ROWS ? DROPPING : NORMALISING;
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveTheSameBitsHoweverOftenItIsKilled(Case training) throws IOException {
    TrainingConfig config = CONFIG.withRowUpdates(training.updates);
    Trainer trainer = new Trainer(training.network(), TrainerTest.PLAIN, config);
    TrainingResult expected = trainer.train(TRAINING, VALIDATION, TrainingListener.SILENT);
    long seed = 23;
    SplittableRandom random = new SplittableRandom(seed);
    Trainer resuming = trainer.withCheckpoints(everyThreeSteps());
    TrainingResult found = null;
    int kills = 0;
    while (found == null) {
      try {
        Dying dying = new Dying(TRAINING, random.nextInt(1_100, 2_000));
        found = resuming.train(dying, VALIDATION, TrainingListener.SILENT);
      } catch (Killed e) {
        kills++;
      }
    }
    assertThat(kills).as("seed %d", seed).isGreaterThan(3);
    assertSame(training.network(), found, expected);
  }

  @Test
  void shouldEndAtOnceWithTheSameResultWhenItWasFinished() throws IOException {
    Trainer trainer =
        new Trainer(DROPPING, TrainerTest.PLAIN, CONFIG).withCheckpoints(everyThreeSteps());
    TrainingResult first = trainer.train(TRAINING, VALIDATION, TrainingListener.SILENT);
    TrainingResult again =
        trainer.train(
            TRAINING,
            VALIDATION,
            progress -> {
              throw new AssertionError("nothing is left to train");
            });
    assertSame(DROPPING, again, first);
  }

  @Test
  void shouldRefuseTheCheckpointOfAnotherTraining() throws IOException {
    Checkpointing settings = everyThreeSteps();
    train(new Trainer(DROPPING, TrainerTest.PLAIN, CONFIG).withCheckpoints(settings), TRAINING);
    Trainer other =
        new Trainer(DROPPING, TrainerTest.PLAIN, CONFIG.withSeed(3)).withCheckpoints(settings);
    assertThatThrownBy(() -> train(other, TRAINING))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            settings.file() + " is the checkpoint of another training: seed must be 17, found 3");
    Trainer same = new Trainer(DROPPING, TrainerTest.PLAIN, CONFIG).withCheckpoints(settings);
    assertThatThrownBy(() -> train(same, EXAMPLES.slice(1, 901)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("another training: training must be 900 examples, checksum");
    Trainer network =
        new Trainer(new AutoInt(AutoInt.Form.AUTHORS, 1, 2, 8, 0.3, 0), TrainerTest.PLAIN, CONFIG)
            .withCheckpoints(settings);
    assertThatThrownBy(() -> train(network, TRAINING))
        .hasMessageEndingWith("network.embeddingDropout must be 0.2, found 0.0");
  }

  @Test
  void shouldTrainOnAnotherNumberOfThreadsFromTheSameCheckpoint() throws IOException {
    Checkpointing settings = everyThreeSteps();
    Trainer one = new Trainer(DROPPING, TrainerTest.PLAIN, CONFIG).withCheckpoints(settings);
    assertThatThrownBy(
            () -> one.train(new Dying(TRAINING, 1_500), VALIDATION, TrainingListener.SILENT))
        .isInstanceOf(Killed.class);
    assertThat(settings.file()).exists();
    Trainer two = new Trainer(DROPPING, TrainerTest.PLAIN, CONFIG.withThreads(2));
    TrainingResult result = train(two.withCheckpoints(settings), TRAINING);
    assertThat(result.samplesSeen()).isEqualTo(4 * 900);
  }

  private static TrainingResult train(Trainer trainer, ExampleSource training) throws IOException {
    return trainer.train(training, VALIDATION, TrainingListener.SILENT);
  }

  private Checkpointing everyThreeSteps() {
    return new Checkpointing(folder.resolve("checkpoint"), 3, Duration.ZERO);
  }

  private static void assertSame(Network network, TrainingResult found, TrainingResult expected) {
    for (ParameterSpec spec : ParameterSpec.declaredBy(network, TrainerTest.PLAIN)) {
      assertThat(found.network().parameters().values(spec.name()))
          .as(spec.name())
          .isEqualTo(expected.network().parameters().values(spec.name()));
    }
    assertThat(found.validation()).isEqualTo(expected.validation());
    assertThat(found.bestEpoch()).isEqualTo(expected.bestEpoch());
    assertThat(found.epochs()).isEqualTo(expected.epochs());
    assertThat(found.samplesSeen()).isEqualTo(expected.samplesSeen());
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Kills whoever reads more than some examples; the first pass identifies the data. */
  private static final class Dying implements ExampleSource {
    private final ExampleSource source;
    private int left;

    Dying(ExampleSource source, int left) {
      this.source = source;
      this.left = left;
    }

    @Override
    public int lookups() {
      return source.lookups();
    }

    @Override
    public long count() {
      return source.count();
    }

    @Override
    public ExampleReader open() throws IOException {
      ExampleReader reader = source.open();
      return new ExampleReader() {
        @Override
        public int read(ExampleBuffer into, int limit) throws IOException {
          int read = reader.read(into, Math.min(limit, 50));
          left -= read;
          if (left < 0) {
            throw new Killed();
          }
          return read;
        }

        @Override
        public void seek(long example) throws IOException {
          reader.seek(example);
        }

        @Override
        public void close() throws IOException {
          reader.close();
        }
      };
    }
  }
}
