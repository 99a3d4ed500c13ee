package dev.millrace.jobs.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialLogTest {
  @TempDir private Path folder;

  @Test
  void shouldFindTheTrialsOfAnEarlierRun() throws IOException {
    Path file = folder.resolve("trials.jsonl");
    TrialLog.open(file).add(trial(1, 0.8, null));
    TrialLog.open(file).add(trial(2, 0.9, 0.6));
    TrialLog again = TrialLog.open(file);
    assertThat(again.find("all", "fm", 1, "setup")).contains(trial(1, 0.8, null));
    assertThat(again.find("all", "fm", 2, "setup")).contains(trial(2, 0.9, 0.6));
    assertThat(again.find("all", "fm", 3, "setup")).isEmpty();
    assertThat(again.find("timed", "fm", 1, "setup")).isEmpty();
    assertThat(again.find("all", "lr", 1, "setup")).isEmpty();
    assertThat(again.find("all", "fm", 1, "another setup")).isEmpty();
  }

  @Test
  void shouldRefuseAFileOfSomethingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("other"), "{\"a\":1}\n");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> TrialLog.open(file))
        .withMessageContaining("other:1: must be a trial");
  }

  @Test
  void shouldGiveMeanAndSampleDeviationOfTheSeeds() {
    List<Trial> seeds = List.of(trial(1, 0.80, 0.5), trial(2, 0.82, 0.6), trial(3, 0.84, 0.7));
    assertThat(TrialTable.of(seeds))
        .endsWith("| all | fm | 0.8200 ± 0.0200 | 0.4000 ± 0.0000 | 3 | 2.0 | 1,234 | 60.0% |\n");
    assertThat(TrialTable.of(List.of(trial(1, 0.8, null))))
        .endsWith("| 0.8000 ± 0.0000 | 0.4000 ± 0.0000 | 1 | 2.0 | 1,234 |  |\n");
  }

  private static Trial trial(long seed, double auc, Double keptShare) {
    return new Trial("all", "fm", seed, "setup", auc, 0.4, 2, 4, 1.5, 1_234, keptShare, null);
  }
}
