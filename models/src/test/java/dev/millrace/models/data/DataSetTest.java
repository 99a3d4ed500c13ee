package dev.millrace.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.features.catalog.Bucketing;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.BuiltInCatalogs;
import dev.millrace.features.data.DataSetException;
import dev.millrace.features.data.RowColumns;
import dev.millrace.features.table.Progress;
import dev.millrace.features.table.TableFiles;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataSetTest {
  private static final long SEED = 7;
  private static final FeatureCatalog CATALOG =
      FeatureCatalog.parse(
          """
          name: small
          embedding: {kind: vocabulary, minCount: 1, dim: 4}
          fields:
            - {name: item, kind: categorical, from: item-id}
            - {name: price, kind: numeric, from: item, bucketing: {kind: min-max}}
          """,
          "small.yaml");
  private static final SplitConfig RANDOM =
      new SplitConfig(SplitConfig.Mode.RANDOM, Shares.DEFAULT, SEED);
  private static final SplitConfig ORDER =
      new SplitConfig(SplitConfig.Mode.ORDER, Shares.DEFAULT, SEED);

  @TempDir private Path directory;

  /** Row i is of item i and price i, at time 1000 - i, clicked if i is a multiple of 3. */
  private static String row(int i) {
    return "%d,%d,%d,%d\n".formatted(i, i, 1000 - i, i % 3 == 0 ? 1 : 0);
  }

  private static String rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(DataSetTest::row).collect(Collectors.joining());
  }

  private RowSource source(String name, String rows) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "item,price,at,label\n" + rows);
    return RowSource.of(file, () -> TableFiles.delimited(file, ',', problem -> {}));
  }

  private static DataRequest request(RowSource source, SplitConfig split) {
    RowColumns columns = new RowColumns(Optional.of("label"), Optional.empty(), Optional.of("at"));
    return new DataRequest(source, Map.of(), CATALOG, columns, split);
  }

  private DataSet prepare(DataRequest request) throws IOException {
    return DataSet.prepare(request, directory.resolve("work"), Progress.NONE);
  }

  /** The values of the first field of each example; -1 for one that is out of vocabulary. */
  private static List<Integer> items(DataSet data, Part part) throws IOException {
    List<Integer> items = new ArrayList<>();
    ExampleBuffer batch = new ExampleBuffer(data.encoder().lookups());
    try (ExampleReader reader = data.examples(part).open()) {
      while (reader.read(batch, 10) > 0) {
        for (int i = 0; i < batch.size(); i++) {
          int row = batch.rows().get(i * batch.lookups());
          List<String> vocabulary = data.vocabulary().orElseThrow().values().get(0);
          items.add(row < 2 ? -1 : Integer.valueOf(vocabulary.get(row - 2)));
        }
        batch.clear();
      }
    }
    return items;
  }

  @Test
  void shouldFitAndCountOnTheTrainingPartOnly() throws IOException {
    DataSet data = prepare(request(source("rows.csv", rows(0, 100)), ORDER));

    assertThat(data.catalog().fields().get(1).bucketing()).contains(new Bucketing.Scaled(0, 79));
    assertThat(data.vocabulary().orElseThrow().values().get(0)).hasSize(80).doesNotContain("80");
    assertThat(data.counts(Part.TRAINING)).isEqualTo(new PartCounts(80, 27));
    assertThat(data.counts(Part.VALIDATION)).isEqualTo(new PartCounts(10, 3));
    assertThat(data.counts(Part.TEST)).isEqualTo(new PartCounts(10, 4));
    assertThat(items(data, Part.TRAINING))
        .as("shuffled, seed %d", SEED)
        .isNotEqualTo(IntStream.range(0, 80).boxed().toList())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 80).boxed().toList());
    assertThat(items(data, Part.TEST)).hasSize(10).containsOnly(-1);
  }

  @Test
  void shouldSplitInOrderWithoutValidationHoweverTheSharesRound() throws IOException {
    // Of 25 rows 0.66 is row 17, and so many that 0.34 are left row 16.
    SplitConfig split = new SplitConfig(SplitConfig.Mode.ORDER, new Shares(0.66, 0, 0.34), SEED);
    DataSet data = prepare(request(source("rows.csv", rows(0, 25)), split));

    assertThat(data.split()).isEqualTo(new Split.ByOrder(16, 16));
    assertThat(data.counts(Part.VALIDATION)).isEqualTo(PartCounts.NONE);
  }

  @Test
  void shouldSplitAtRandomByRowNumberAsTheSplitSays() throws IOException {
    DataSet data = prepare(request(source("rows.csv", rows(0, 200)), RANDOM));
    List<Integer> expected =
        IntStream.range(0, 200)
            .filter(row -> data.split().part(row, 0) == Part.TRAINING)
            .boxed()
            .toList();

    assertThat(data.split()).isEqualTo(new Split.Random(Shares.DEFAULT, SEED));
    assertThat(items(data, Part.TRAINING)).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Times fall as items rise, so the last items are trained on. */
  @Test
  void shouldTestOnWhatIsLaterThanTraining() throws IOException {
    SplitConfig byTime = new SplitConfig(SplitConfig.Mode.TIME, Shares.DEFAULT, SEED);
    DataSet data = prepare(request(source("rows.csv", rows(0, 100)), byTime));

    assertThat(data.split()).isEqualTo(new Split.ByTime(981, 991));
    assertThat(items(data, Part.TRAINING))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(20, 100).boxed().toList());
    assertThat(data.counts(Part.TEST).rows()).isEqualTo(10);
  }

  @Test
  void shouldTakeFixedPartsAsTheyAre() throws IOException {
    DataRequest whole = request(source("rows.csv", rows(0, 50)), ORDER);
    DataRequest fixed =
        new DataRequest(
            whole.rows(),
            Map.of(
                Part.VALIDATION, source("v.csv", rows(50, 57)),
                Part.TEST, source("t.csv", rows(3, 6))),
            whole.catalog(),
            whole.columns(),
            whole.split());
    DataSet data = prepare(fixed);

    assertThat(data.counts(Part.TRAINING).rows()).isEqualTo(50);
    assertThat(data.counts(Part.VALIDATION).rows()).isEqualTo(7);
    assertThat(items(data, Part.TEST)).containsExactly(3, 4, 5);
    assertThat(data.digest()).isNotEqualTo(prepare(whole).digest());
  }

  @Test
  void shouldReuseWhatItPreparedUntilTheRequestChanges() throws IOException {
    DataRequest request = request(source("rows.csv", rows(0, 100)), ORDER);
    List<String> stages = new ArrayList<>();
    Progress recorder = (stage, done, share) -> stages.add(stage);
    DataSet first = DataSet.prepare(request, directory.resolve("work"), recorder);
    assertThat(stages)
        .containsExactly("scanning rows", "fitting buckets", "counting values", "encoding rows");
    stages.clear();
    DataSet again = DataSet.prepare(request, directory.resolve("work"), recorder);

    assertThat(stages).isEmpty();
    assertThat(again.digest()).isEqualTo(first.digest());
    assertThat(again.split()).isEqualTo(first.split());
    assertThat(again.catalog().fingerprint()).isEqualTo(first.catalog().fingerprint());
    assertThat(items(again, Part.TRAINING)).isEqualTo(items(first, Part.TRAINING));

    DataSet.prepare(
        request(source("rows.csv", rows(0, 101)), ORDER), directory.resolve("work"), recorder);
    assertThat(stages).isNotEmpty();
  }

  @Test
  void shouldPrepareAnewWhatIsNoLongerWhole() throws IOException {
    DataRequest request = request(source("rows.csv", rows(0, 100)), ORDER);
    DataSet first = prepare(request);
    Path examples = directory.resolve("work/training.examples");
    byte[] bytes = Files.readAllBytes(examples);
    bytes[bytes.length - 1] ^= 1;
    Files.write(examples, bytes);
    Files.delete(directory.resolve("work/vocabulary.json"));
    Files.writeString(directory.resolve("work/training.examples.pile9"), "left by a killed run");

    assertThat(items(prepare(request), Part.TRAINING)).isEqualTo(items(first, Part.TRAINING));
    try (Stream<Path> files = Files.list(directory.resolve("work"))) {
      assertThat(files).hasSize(6);
    }
  }

  @Test
  void shouldRefuseDataThatCannotBeTrainedOn() throws IOException {
    assertThatThrownBy(() -> prepare(request(source("a.csv", "1,1,1,0\n2,2,2,0\n"), ORDER)))
        .isInstanceOf(DataException.class)
        .hasMessage("training must have rows of both labels, found 2 of label 0 and 0 of label 1");
    assertThatThrownBy(() -> prepare(request(source("b.csv", ""), ORDER)))
        .hasMessage("training must have a row, found none");
    assertThatThrownBy(() -> prepare(request(source("c.csv", "1,1,1,0\n2,2,2,1\n"), ORDER)))
        .hasMessage("validation must have a row, found none");
    assertThatThrownBy(
            () -> prepare(request(source("d.csv", row(1) + row(2) + row(4) + row(3)), ORDER)))
        .hasMessage("training must have rows of both labels, found 3 of label 0 and 0 of label 1");
    assertThatThrownBy(() -> prepare(request(source("e.csv", row(3) + "x,y,5,0\n"), ORDER)))
        .isInstanceOf(DataSetException.class)
        .hasMessageEndingWith("e.csv: row 2: field price must be a finite number, found \"y\"");
    assertThat(directory.resolve("work/prepared.json")).doesNotExist();
    assertThat(directory.resolve("work/training.examples")).doesNotExist();
  }

  @Test
  void shouldRefuseARequestThatSaysTooLittle() throws IOException {
    RowSource source = source("rows.csv", rows(0, 3));
    SplitConfig byTime = new SplitConfig(SplitConfig.Mode.TIME, Shares.DEFAULT, SEED);
    RowColumns unlabelled = new RowColumns(Optional.empty(), Optional.empty(), Optional.empty());

    assertThatThrownBy(
            () -> new DataRequest(source, Map.of(), CATALOG, RowColumns.ofLabel("label"), byTime))
        .hasMessage("time must name a column to split by it, found none");
    assertThatThrownBy(() -> new DataRequest(source, Map.of(), CATALOG, unlabelled, RANDOM))
        .hasMessage("label must name a column, found none");
    assertThatThrownBy(() -> RowSource.of(directory.resolve("absent"), () -> null))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("data must name a file or a folder, found none at ");
  }

  /** 10,000 rows, of which 2,182 are clicks. */
  @Test
  void shouldPrepareTheCriteoSample() throws IOException {
    Path shared = Path.of(System.getProperty("millrace.shared", "absent"), "data", "criteo");
    assumeTrue(Files.isDirectory(shared), () -> "the data set is not at " + shared);
    Path file = shared.resolve("criteo_first10000.txt");
    DataSet data =
        prepare(
            new DataRequest(
                RowSource.of(file, () -> TableFiles.criteo(file, problem -> {})),
                Map.of(),
                BuiltInCatalogs.load("criteo"),
                RowColumns.ofLabel("label"),
                RANDOM));
    long rows = 0;
    long positives = 0;
    for (Part part : Part.values()) {
      rows += data.counts(part).rows();
      positives += data.counts(part).positives();
    }

    assertThat(rows).isEqualTo(10_000);
    assertThat(positives).isEqualTo(2_182);
    assertThat(data.examples(Part.TRAINING).lookups()).isEqualTo(39);
    assertThat(data.examples(Part.TRAINING).shape().weighted()).isFalse();
  }
}
