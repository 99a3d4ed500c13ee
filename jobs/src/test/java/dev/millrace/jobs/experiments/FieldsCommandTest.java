package dev.millrace.jobs.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FieldsCommandTest {
  private static final long SEED = 11;
  private static final int USERS = 60;
  private static final int MOVIES = 40;
  private static final int FIELDS = 10;

  @TempDir private Path data;
  @TempDir private Path output;

  /** Each field of a user or a movie moves the chance of a click. */
  @BeforeEach
  void writeRatings() throws IOException {
    List<String> users = new ArrayList<>();
    for (int user = 1; user <= USERS; user++) {
      users.add(
          "%d::%s::%d::%d::9%04d"
              .formatted(user, user % 2 == 0 ? "F" : "M", user % 3, user % 5, user));
    }
    Files.write(data.resolve("users.dat"), users);
    List<String> movies = new ArrayList<>();
    for (int movie = 1; movie <= MOVIES; movie++) {
      movies.add(
          "%d::Title (%d)::%s"
              .formatted(movie, 1950 + movie, movie % 4 == 0 ? "Drama" : "Comedy|War"));
    }
    Files.write(data.resolve("movies.dat"), movies);
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> ratings = new ArrayList<>(List.of("user,movie,rating,timestamp_or_0"));
    for (int user = 1; user <= USERS; user++) {
      for (int movie = 1; movie <= MOVIES; movie++) {
        double logit =
            (user % 2 == 0 ? 1 : -1)
                + (user % 3 - 1)
                + (user % 5 - 2) / 2.0
                + (movie % 4 == 0 ? 2 : -1);
        boolean clicked = random.nextDouble() < 1 / (1 + Math.exp(-logit));
        ratings.add("%d,%d,%d,0".formatted(user, movie, clicked ? 5 : 1));
      }
    }
    Files.write(data.resolve("ratings.csv"), ratings);
  }

  @Test
  void shouldRankNoiseLastAndTellTheAucForEveryNumberOfFields() throws IOException {
    List<String> lines = run("--report", output.resolve("fields.html").toString());
    assertThat(lines.get(0))
        .isEqualTo("| field | score | adjusted | mutual information | OptFS gate |");
    assertThat(lines.subList(2, 2 + FIELDS))
        .as("fields by score, seed %d", SEED)
        .filteredOn(line -> line.startsWith("| noise_300_"))
        .isEqualTo(lines.subList(FIELDS, 2 + FIELDS));
    List<String> aucs = lines.subList(3 + FIELDS, lines.size());
    assertThat(aucs.get(0))
        .isEqualTo("| K | score | adjusted | mutual information | OptFS gate | random |");
    assertThat(aucs).hasSize(2 + FIELDS);
    assertThat(aucs.get(1 + FIELDS).split(" \\| "))
        .as("all rankings end with all fields")
        .satisfies(cells -> assertThat(List.of(cells).subList(1, 5)).containsOnly(cells[1]));
    assertThat(output.resolve("fields.html"))
        .content()
        .containsOnlyOnce("<svg class=\"curves\"")
        .contains(">random<")
        .satisfies(page -> assertThat(page.split("<polyline", -1)).hasSize(1 + 5));
  }

  @Test
  void shouldNotRunAgainWhatTheResultsHold() throws IOException {
    List<String> first = run();
    Path results = output.resolve("results.jsonl");
    List<String> trials = Files.readAllLines(results);
    assertThat(trials).doesNotHaveDuplicates().hasSizeGreaterThan(FIELDS);
    Files.write(results, trials.subList(0, trials.size() - 1));
    assertThat(run()).isEqualTo(first);
    assertThat(Files.readAllLines(results)).hasSameSizeAs(trials);
  }

  @Test
  void shouldRefuseBeforeAnythingIsTrained() {
    assertThat(refusal("--noise", "1")).isEqualTo("--noise must have >= 2 values, found 1");
    Path report = output.resolve("no/fields.html");
    assertThat(refusal("--report", report.toString()))
        .isEqualTo("--report must name a file that can be written, found " + report);
  }

  private static String refusal(String... options) {
    List<String> messages = new ArrayList<>();
    CommandLine command = new CommandLine(new FieldsCommand());
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          messages.add(e.getMessage());
          return 2;
        });
    List<String> arguments = new ArrayList<>(List.of("--data", ".", "--work", "."));
    arguments.addAll(List.of(options));
    assertThat(command.execute(arguments.toArray(String[]::new))).isEqualTo(2);
    return messages.get(0);
  }

  private List<String> run(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--data", data.toString(), "--work", output.toString()));
    arguments.addAll(List.of("--seeds", "1", "--threads", "1", "--random-orders", "1"));
    arguments.addAll(List.of("--noise", "300"));
    arguments.addAll(List.of("--results", output.resolve("results.jsonl").toString()));
    arguments.addAll(List.of(more));
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int code = new CommandLine(new FieldsCommand()).execute(arguments.toArray(String[]::new));
      assertThat(code).isZero();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
