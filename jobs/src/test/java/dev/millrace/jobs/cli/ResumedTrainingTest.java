package dev.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that were killed. */
class ResumedTrainingTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path directory;
  private Path data;
  private Path work;

  @BeforeEach
  void writeRows() throws IOException {
    data = ClickTable.write(directory.resolve("clicks.csv"), 2_000, 9);
    work = directory.resolve("killed.training");
  }

  private List<String> arguments(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                ("train --network fm --epochs 30 --patience 30 --batch-size 16 --threads 1"
                        + " --name clicks")
                    .split(" ")));
    arguments.addAll(List.of("--data", data.toString()));
    arguments.addAll(List.of("--out", directory.resolve(out).toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Kills a training in a process of its own when it has written its first checkpoint. */
  private void killOne() throws IOException, InterruptedException {
    Process process = JavaProcess.start("-Xmx512m", directory.resolve("log"), arguments("killed"));
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!Files.exists(work.resolve("checkpoint")) && System.nanoTime() < end) {
        assertThat(process.isAlive()).as(Files.readString(directory.resolve("log"))).isTrue();
        Thread.sleep(5);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(work.resolve("checkpoint")).exists();
    assertThat(directory.resolve("killed"))
        .as("training was over before it was killed")
        .doesNotExist();
  }

  @Test
  void shouldGoOnAfterAKillToTheSameBundle() throws IOException, InterruptedException {
    killOne();

    CommandRun refused = CommandRun.of(arguments("killed", "--seed", "2"));
    assertThat(refused.err().lines().toList())
        .last()
        .asString()
        .startsWith(work + "/checkpoint is the checkpoint of another training: ")
        .endsWith("; --restart begins anew");
    assertThat(refused.code()).isEqualTo(2);

    CommandRun resumed = CommandRun.of(arguments("killed")).requireSuccess();
    CommandRun undisturbed = CommandRun.of(arguments("undisturbed")).requireSuccess();

    assertThat(resumed.err()).contains("going on from the checkpoint of fm");
    assertThat(resumed.err()).doesNotContain("epoch 1:").contains("epoch 30:");
    assertThat(undisturbed.err()).contains("epoch 1:");
    assertThat(work).doesNotExist();
    for (String name :
        List.of("manifest.json", "catalog.yaml", "model.onnx", "probe.json", "vocabulary.json")) {
      assertThat(directory.resolve("killed").resolve(name))
          .hasSameBinaryContentAs(directory.resolve("undisturbed").resolve(name));
    }
  }

  @Test
  void shouldBeginAnewWhenAsked() throws IOException, InterruptedException {
    killOne();
    Files.writeString(work.resolve("notes.txt"), "mine");

    CommandRun run =
        CommandRun.of(arguments("killed", "--restart", "--seed", "2")).requireSuccess();

    assertThat(run.err()).contains("epoch 1:").doesNotContain("going on");
    assertThat(work).isDirectoryContaining("glob:**notes.txt");
    assertThat(work.toFile().list()).containsExactly("notes.txt");
  }
}
