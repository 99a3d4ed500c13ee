package dev.millrace.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.millrace.models.bundle.ModelBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions and tensors end with their scorer, however it ends. */
final class NativeResourcesTest {

  private static final Path PROCESS = Path.of("/proc/self");

  /** A session of so many threads starts one fewer of its own: they tell how many sessions live. */
  private static final ScorerSettings THREADS = new ScorerSettings(5, 1 << 20);

  private static final int ROUNDS = 100;

  /** Far below the 400 threads of sessions that stay; the JVM starts and ends some itself. */
  private static final int MOST_THREADS = 40;

  @TempDir private Path folder;
  private ModelBundle good;

  @BeforeAll
  static void needProcess() {
    assumeTrue(Files.isDirectory(PROCESS), "needs /proc/self, which only Linux has");
  }

  @BeforeEach
  void writeBundle() throws IOException {
    good = PlainShop.write(folder.resolve("good"), Graphs.sigmoidOfRows(0), 0.5f);
  }

  private static long threads() throws IOException {
    try (Stream<Path> tasks = Files.list(PROCESS.resolve("task"))) {
      return tasks.count();
    }
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(PROCESS.resolve("status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static Scorer open(ModelBundle bundle) throws IOException {
    return Scorer.open(bundle, Shop.PLAIN.fingerprint(), THREADS);
  }

  /** Without it the other tests would hold for sessions that start no threads at all. */
  @Test
  void shouldTellASessionByItsThreads() throws IOException {
    try (Scorer warm = open(good)) {
      long before = threads();
      try (Scorer scorer = open(good)) {
        assertThat(threads() - before).isBetween(3L, 6L);
        assertThat(scorer.provider()).isEqualTo(warm.provider());
      }
    }
  }

  @Test
  void shouldEndTheSessionOfAScorerThatIsClosed() throws IOException {
    open(good).close();
    long before = threads();
    for (int i = 0; i < ROUNDS; i++) {
      open(good).close();
    }
    assertThat(threads() - before).isLessThan(MOST_THREADS);
  }

  @Test
  void shouldEndTheSessionOfABundleThatIsRefused() throws IOException {
    ModelBundle[] bad = {
      PlainShop.write(folder.resolve("probe"), Graphs.sigmoidOfRows(0), 0.25f),
      PlainShop.write(folder.resolve("shape"), Graphs.oneForAll(), 0.5f),
      PlainShop.write(
          folder.resolve("signature"),
          Graphs.sum("ids", DataType.INT32, "probability", DataType.FLOAT),
          0.5f),
    };
    open(good).close();
    long before = threads();
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      try (Scorer scorer = open(bad[i % bad.length])) {
        assertThat(scorer).as("must be refused").isNull();
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isEqualTo(ROUNDS);
    assertThat(threads() - before).isLessThan(MOST_THREADS);
  }

  /** In a JVM of its own: its heap is too small to be mistaken for 300 results of 1 MB. */
  @Test
  void shouldEndTheTensorsOfEveryRun() throws IOException, InterruptedException {
    Process scoring =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Scoring.class.getName(),
                folder.resolve("good").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(scoring.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(scoring.waitFor()).as(output).isZero();
    String growth = output.strip().lines().reduce((first, last) -> last).orElseThrow();
    assertThat(Long.parseLong(growth)).as("growth in KB").isLessThan(100_000);
  }

  /** Scores 300 times and prints by how many kilobytes the process has grown. */
  static final class Scoring {

    private static final int EXAMPLES = 1 << 18;

    private Scoring() {}

    public static void main(String[] args) throws IOException {
      try (Scorer scorer = open(ModelBundle.open(Path.of(args[0])))) {
        ScoringBatch batch = scorer.newBatch(EXAMPLES);
        int[] rows = {1, 2};
        for (int i = 0; i < EXAMPLES; i++) {
          batch.add(rows, null);
        }
        score(scorer, batch, 30);
        long before = residentKilobytes();
        score(scorer, batch, 300);
        System.out.println(residentKilobytes() - before);
      }
    }

    private static void score(Scorer scorer, ScoringBatch batch, int times) {
      float[] probabilities = new float[EXAMPLES];
      for (int i = 0; i < times; i++) {
        scorer.score(batch, probabilities);
      }
    }
  }
}
