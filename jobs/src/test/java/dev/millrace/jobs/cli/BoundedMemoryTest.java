package dev.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file several times as large as the heap that trains on it. */
@Tag("slow")
class BoundedMemoryTest {
  private static final int ROWS = 2_000_000;
  private static final String HEAP = "-Xmx256m";
  private static final long MINUTES = 30;

  private static final int NUMBERS = 13;
  private static final int CATEGORIES = 26;

  @TempDir private Path directory;

  @Test
  void shouldTrainOnTwoMillionRowsOfCriteoShape() throws IOException, InterruptedException {
    Path data = write(directory.resolve("criteo.txt"), ROWS, 23);
    assertThat(Files.size(data)).isGreaterThan(500_000_000);
    Path log = directory.resolve("log");
    List<String> arguments =
        List.of(
            ("train --format criteo --network fm --epochs 1 --json --data "
                    + data
                    + " --out "
                    + directory.resolve("bundle"))
                .split(" "));

    Process process = JavaProcess.start(HEAP, log, arguments);
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();

    List<String> lines = Files.readAllLines(log);
    assertThat(ended).as("%s", lines).isTrue();
    assertThat(process.exitValue()).as("%s", lines).isZero();
    JsonNode json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(json.get("train").get("rows").asLong()).isGreaterThan(1_590_000);
    assertThat(json.get("test").get("auc").asDouble()).isGreaterThan(0.6);
  }

  /** Label, 13 counts and 26 categories of Zipf's law; the first four categories decide. */
  private static Path write(Path file, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      StringBuilder line = new StringBuilder();
      for (int row = 0; row < rows; row++) {
        line.setLength(0);
        double logit = -1;
        for (int i = 0; i < NUMBERS; i++) {
          line.append('\t').append(random.nextInt(10) == 0 ? "" : zipf(random, 10_000) - 1);
        }
        for (int field = 0; field < CATEGORIES; field++) {
          int value = zipf(random, 10 << field % 16);
          if (field < 4) {
            logit += value % 3 - 0.7;
          }
          line.append('\t').append("%08x".formatted(value * 0x9e3779b1 + field));
        }
        boolean clicked = random.nextDouble() < 1 / (1 + Math.exp(-logit));
        out.append(clicked ? '1' : '0').append(line).append('\n');
      }
    }
    return file;
  }

  /** From 1 to {@code most}, each about as often as its inverse. */
  private static int zipf(SplittableRandom random, int most) {
    return (int) Math.min(most, Math.pow(most + 1, random.nextDouble()));
  }
}
