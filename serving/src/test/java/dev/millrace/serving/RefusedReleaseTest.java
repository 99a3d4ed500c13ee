package dev.millrace.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.millrace.features.encoding.Vocabulary;
import dev.millrace.models.bundle.BundleException;
import dev.millrace.models.bundle.BundleException.Reason;
import dev.millrace.models.bundle.BundleWriter;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.bundle.Probe;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.onnx.OnnxExport;
import dev.millrace.models.train.TrainedNetwork;
import dev.millrace.schemas.ModelRelease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a release can get wrong, each with its reason in one line. */
final class RefusedReleaseTest {

  private static final TrainedShop SHOP = TrainedShop.unified();
  private static final float HALF = 0.5f;

  @TempDir private Path folder;

  private Path bundle() {
    return folder.resolve("bundle");
  }

  private static void assertRefused(
      Reason reason, String detail, ModelRelease release, String catalogFingerprint) {
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> Release.load(release, catalogFingerprint, ScorerSettings.DEFAULT).close())
        .withMessageContaining(detail)
        .matches(e -> e.reason() == reason, "reason " + reason)
        .matches(e -> e.getMessage().lines().count() == 1, "one line");
  }

  private void assertRefused(Reason reason, String detail, ModelBundle bundle) {
    String fingerprint = bundle.manifest().catalogFingerprint();
    assertRefused(reason, detail, TrainedShop.release(bundle, bundle()), fingerprint);
  }

  private void assertGraphRefused(Reason reason, String detail, byte[] model) throws IOException {
    assertRefused(reason, detail, PlainShop.write(bundle(), model, HALF));
  }

  @Test
  void shouldLoadWhatWasReleased() throws IOException {
    ModelBundle bundle = SHOP.write(bundle());
    String fingerprint = SHOP.catalog().fingerprint();
    try (Release release =
        Release.load(TrainedShop.release(bundle, bundle()), fingerprint, ScorerSettings.DEFAULT)) {
      assertThat(release.name()).isEqualTo(TrainedShop.RELEASE);
      assertThat(release.scorer().bundle().manifestSha256()).isEqualTo(bundle.manifestSha256());
    }
  }

  @Test
  void shouldRefuseAModelOfWhichABitWasFlipped() throws IOException {
    ModelRelease release = TrainedShop.release(SHOP.write(bundle()), bundle());
    Path file = bundle().resolve(ModelBundle.MODEL);
    byte[] model = Files.readAllBytes(file);
    model[model.length / 2] ^= 1;
    Files.write(file, model);

    assertRefused(Reason.CHECKSUM, "model.onnx", release, SHOP.catalog().fingerprint());
  }

  @Test
  void shouldRefuseAnotherBundleThanTheOneReleased() throws IOException {
    ModelBundle bundle = SHOP.write(bundle());
    ModelRelease release = TrainedShop.release(bundle, bundle());
    release.setManifestSha256("0".repeat(64));

    assertRefused(
        Reason.CHECKSUM,
        "SHA-256 of the manifest must be %s, found %s"
            .formatted("0".repeat(64), bundle.manifestSha256()),
        release,
        SHOP.catalog().fingerprint());
  }

  @Test
  void shouldRefuseABundleOfAnotherCatalogue() throws IOException {
    ModelRelease release = TrainedShop.release(SHOP.write(bundle()), bundle());
    String other = Shop.VOCABULARY.fingerprint();
    assertRefused(Reason.FINGERPRINT, "catalogFingerprint must be " + other, release, other);

    release.setCatalogFingerprint(other);
    assertRefused(Reason.FINGERPRINT, "catalogFingerprint of " + bundle(), release, other);
  }

  @Test
  void shouldRefuseACatalogueThatIsNotTheOneNamed() throws IOException {
    String other = Shop.VOCABULARY.fingerprint();
    BundleWriter writer =
        new BundleWriter(SHOP.draft(other), SHOP.catalog().toYaml(), SHOP.model(), SHOP.probe());
    assertRefused(Reason.FINGERPRINT, "found " + other, writer.write(bundle()));
  }

  @Test
  void shouldRefuseACatalogueThatCannotBeRead() throws IOException {
    BundleWriter writer =
        new BundleWriter(
            SHOP.draft(SHOP.catalog().fingerprint()), "fields: [\n", SHOP.model(), SHOP.probe());
    assertRefused(Reason.MALFORMED, "catalog.yaml", writer.write(bundle()));
  }

  @Test
  void shouldRefuseAVocabularyWhereThereMustBeNone() throws IOException {
    BundleWriter writer =
        unifiedBundle().withFile(Scorer.VOCABULARY, vocabulary(Shop.UNIFIED.fingerprint(), 7));
    assertRefused(Reason.MALFORMED, "vocabulary must be absent", writer.write(bundle()));
  }

  private static BundleWriter unifiedBundle() throws IOException {
    return new BundleWriter(
        SHOP.draft(SHOP.catalog().fingerprint()),
        SHOP.catalog().toYaml(),
        SHOP.model(),
        SHOP.probe());
  }

  @Test
  void shouldRefuseABundleWithoutItsVocabulary() throws IOException {
    assertRefused(Reason.MALFORMED, "vocabulary must be given", vocabularyBundle().write(bundle()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1, 2", "{\"version\": 9}"})
  void shouldRefuseAVocabularyThatCannotBeRead(String vocabulary) throws IOException {
    BundleWriter writer =
        vocabularyBundle().withFile(Scorer.VOCABULARY, vocabulary.getBytes(StandardCharsets.UTF_8));
    assertRefused(Reason.MALFORMED, Scorer.VOCABULARY, writer.write(bundle()));
  }

  @Test
  void shouldRefuseTheVocabularyOfAnotherCatalogue() throws IOException {
    BundleWriter writer =
        vocabularyBundle().withFile(Scorer.VOCABULARY, vocabulary(Shop.UNIFIED.fingerprint(), 7));
    assertRefused(Reason.MALFORMED, "catalogFingerprint must be", writer.write(bundle()));
  }

  /** The table has the rows of the vocabulary it was trained with, and no more. */
  @Test
  void shouldRefuseAVocabularyThatIsLargerThanTheTable() throws IOException {
    BundleWriter writer =
        vocabularyBundle()
            .withFile(Scorer.VOCABULARY, vocabulary(Shop.VOCABULARY.fingerprint(), 1_000));
    assertRefused(
        Reason.PROBE, "the model must have the encoder's 7014 rows", writer.write(bundle()));
  }

  private static BundleWriter vocabularyBundle() throws IOException {
    TrainedShop shop = TrainedShop.withVocabulary();
    return new BundleWriter(
        shop.draft(shop.catalog().fingerprint()),
        shop.catalog().toYaml(),
        shop.model(),
        shop.probe());
  }

  /** A vocabulary of so many values a field. */
  private byte[] vocabulary(String fingerprint, int values) throws IOException {
    List<String> field = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      field.add("v" + i);
    }
    Path file = folder.resolve("other-vocabulary.json");
    new Vocabulary(fingerprint, Collections.nCopies(7, field)).write(file);
    return Files.readAllBytes(file);
  }

  @Test
  void shouldRefuseProbabilitiesThatTheProbeDoesNotClaim() throws IOException {
    Probe right = SHOP.probe();
    List<Probe.Example> examples = new ArrayList<>(right.examples());
    Probe.Example last = examples.get(7);
    float wrong = last.probability() < HALF ? 0.9f : 0.1f;
    examples.set(7, new Probe.Example(last.rows(), last.weights(), wrong));

    assertRefused(
        Reason.PROBE,
        "probe example 7 must score " + wrong,
        SHOP.write(bundle(), SHOP.model(), new Probe(right.tolerance(), examples)));
  }

  @Test
  void shouldRefuseAProbeOfAnotherLength() throws IOException {
    Probe probe = new Probe(1e-5, List.of(new Probe.Example(List.of(1, 2), List.of(1f, 1f), HALF)));
    assertRefused(
        Reason.PROBE,
        "probe examples must have the catalogue's 12 lookups, found 2",
        SHOP.write(bundle(), SHOP.model(), probe));
  }

  @Test
  void shouldRefuseAProbeThatTheModelCannotRun() throws IOException {
    Probe.Example first = SHOP.probe().examples().get(0);
    List<Integer> rows = new ArrayList<>(first.rows());
    rows.set(0, 1 << 20);
    Probe probe =
        new Probe(1e-5, List.of(new Probe.Example(rows, first.weights(), first.probability())));
    assertRefused(
        Reason.PROBE, "probe must run, found: ", SHOP.write(bundle(), SHOP.model(), probe));
  }

  @Test
  void shouldRefuseATableThatIsSmallerThanTheCatalogueSays() throws IOException {
    EmbeddingLayout layout = SHOP.network().layout();
    EmbeddingLayout smaller =
        EmbeddingLayout.weighted(
            layout.tableRows() - 1,
            layout.dim(),
            layout.segments().stream().mapToInt(Integer::intValue).toArray());
    Parameters parameters =
        Parameters.initial(ParameterSpec.declaredBy(SHOP.network().network(), smaller), 3);
    byte[] model = OnnxExport.export(SHOP.network().network(), smaller, parameters, Map.of());
    Probe probe =
        new TrainedNetwork(SHOP.network().network(), smaller, parameters)
            .probe(firstRows(), 1, 1e-5);
    assertRefused(
        Reason.PROBE,
        "the model must have the encoder's 2048 rows",
        SHOP.write(bundle(), model, probe));
  }

  private static ExampleBuffer firstRows() {
    ExampleBuffer examples = new ExampleBuffer(SHOP.encoder().lookups());
    examples.add(new int[examples.lookups()], new float[examples.lookups()], 0);
    return examples;
  }

  @Test
  void shouldRefuseAModelThatIsNoOnnx() throws IOException {
    byte[] text = "not a model".getBytes(StandardCharsets.UTF_8);
    assertRefused(Reason.MALFORMED, "model.onnx", SHOP.write(bundle(), text, SHOP.probe()));
  }

  @Test
  void shouldRefuseAModelWithOtherInputs() throws IOException {
    assertGraphRefused(
        Reason.MALFORMED,
        "inputs must be [rows], found [ids]",
        Graphs.sum("ids", DataType.INT32, "probability", DataType.FLOAT));
  }

  @Test
  void shouldRefuseAModelWithoutWeightsWhereTheyAreUsed() throws IOException {
    assertRefused(
        Reason.MALFORMED, "weights", SHOP.write(bundle(), Graphs.sigmoidOfRows(0), SHOP.probe()));
  }

  @Test
  void shouldRefuseAModelThatTakesRowsOfAnotherType() throws IOException {
    assertGraphRefused(
        Reason.MALFORMED,
        "rows must be a tensor of INT32",
        Graphs.sum("rows", DataType.INT64, "probability", DataType.FLOAT));
  }

  @Test
  void shouldRefuseAModelThatGivesNoProbability() throws IOException {
    assertGraphRefused(
        Reason.MALFORMED,
        "outputs must hold probability, found [score]",
        Graphs.sum("rows", DataType.INT32, "score", DataType.FLOAT));
  }

  @Test
  void shouldRefuseAModelThatGivesWholeNumbers() throws IOException {
    assertGraphRefused(
        Reason.MALFORMED,
        "probability must be a tensor of FLOAT",
        Graphs.sum("rows", DataType.INT32, "probability", DataType.INT64));
  }

  @Test
  void shouldRefuseAModelThatGivesOneProbabilityForAll() throws IOException {
    assertGraphRefused(Reason.PROBE, "probability must hold 2 values, found 1", Graphs.oneForAll());
  }

  @Test
  void shouldRefuseAModelThatGivesNoNumber() throws IOException {
    assertGraphRefused(Reason.PROBE, "found NaN", Graphs.sigmoidOfRows(Float.NaN));
  }

  @Test
  void shouldRefuseADirectoryThatIsNotThere() throws IOException {
    ModelRelease release = TrainedShop.release(SHOP.write(bundle()), folder.resolve("nowhere"));
    assertRefused(Reason.MISSING, "nowhere", release, SHOP.catalog().fingerprint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "models/ctr-1",
        "/models/ctr-1",
        "not a URI",
        "http://models/ctr-1",
        "s3://models/ctr-1",
        "file://host/models",
        "file:models",
        "file:///models?version=1",
        "file:///mod%00els",
        "jar:file:///no.jar!/models",
      })
  void shouldRefuseWhatIsNoFileUri(String uri) throws IOException {
    ModelRelease release = TrainedShop.release(SHOP.write(bundle()), bundle());
    release.setBundle(uri);
    assertRefused(
        Reason.MISSING,
        "bundle must be a file URI, found " + uri,
        release,
        SHOP.catalog().fingerprint());
  }
}
