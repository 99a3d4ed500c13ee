package dev.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first rows of published logs in their own formats: that they train, not how well. */
class RealFormatsTest {
  private static final int ROWS = 3_000;

  private final Path shared = Path.of(System.getProperty("millrace.shared"), "data");

  @TempDir private Path directory;

  @BeforeEach
  void requireData() {
    assumeTrue(Files.isDirectory(shared), "the published logs must be in " + shared);
  }

  private Path head(String from, String to) throws IOException {
    Path file = directory.resolve(to);
    Files.createDirectories(file.getParent());
    try (Stream<String> lines = Files.lines(shared.resolve(from))) {
      return Files.write(file, lines.limit(ROWS).toList());
    }
  }

  private void requireRoundTrip(String format, Path data, long rows) {
    Path bundle = directory.resolve("bundle");
    JsonNode trained =
        CommandRun.of(
                "train --network lr --epochs 1 --threads 1 --json --format " + format,
                "--data",
                data,
                "--out",
                bundle)
            .requireSuccess()
            .json();
    JsonNode test =
        CommandRun.of(
                "evaluate --json --bootstrap 0 --part test --format " + format,
                "--data",
                data,
                "--bundle",
                bundle)
            .requireSuccess()
            .json();
    assertThat(test.get("rows")).isEqualTo(trained.get("test").get("rows"));
    assertThat(test.get("logLoss").asDouble())
        .isCloseTo(trained.get("test").get("logLoss").asDouble(), within(1e-5));
    JsonNode scored =
        CommandRun.of(
                "score --json --format " + format,
                "--data",
                data,
                "--bundle",
                bundle,
                "--out",
                directory.resolve("scores.csv"))
            .requireSuccess()
            .json();
    assertThat(scored.get("rows").asLong()).isEqualTo(rows);
  }

  @Test
  void shouldTakeCriteo() throws IOException {
    requireRoundTrip("criteo", head("criteo/criteo_first10000.txt", "criteo.txt"), ROWS);
  }

  @Test
  void shouldTakeAvazu() throws IOException {
    requireRoundTrip("avazu", head("avazu/avazu_train.csv", "avazu.csv"), ROWS - 1);
  }

  @Test
  void shouldTakeMovieLens() throws IOException {
    Path ratings = head("movielens-1m/ratings.csv", "ml/ratings.csv");
    for (String name : new String[] {"users.dat", "movies.dat"}) {
      Files.copy(shared.resolve("movielens-1m").resolve(name), directory.resolve("ml/" + name));
    }
    long rated;
    try (Stream<String> lines = Files.lines(ratings)) {
      // A rating of 3 says neither.
      rated = lines.skip(1).filter(line -> !line.split(",", -1)[2].equals("3")).count();
    }
    requireRoundTrip("movielens-1m", directory.resolve("ml"), rated);
  }

  @Test
  void shouldTakeOpenBandit() throws IOException {
    head("open-bandit/random/men/men.csv", "ob/random/men/men.csv");
    head("open-bandit/random/men/item_context.csv", "ob/random/men/item_context.csv");
    requireRoundTrip("open-bandit", directory.resolve("ob"), ROWS - 1);
  }
}
