package dev.millrace.serving;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.encoding.RowEncoders;
import dev.millrace.features.encoding.Vocabulary;
import dev.millrace.features.encoding.VocabularyBuilder;
import dev.millrace.models.bundle.BundleWriter;
import dev.millrace.models.bundle.Manifest;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.bundle.Probe;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.onnx.OnnxExport;
import dev.millrace.models.onnx.OnnxSignature;
import dev.millrace.models.train.TrainedNetwork;
import dev.millrace.models.train.Trainer;
import dev.millrace.models.train.TrainingConfig;
import dev.millrace.models.train.TrainingListener;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.FeaturisedRequest;
import dev.millrace.schemas.ModelRelease;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.ReleaseStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A network that was trained on the clicks of a {@link Shop}, and bundles of it.
 *
 * @param heldOut 1,000 examples that it was not trained on
 */
record TrainedShop(
    FeatureCatalog catalog,
    RowEncoder encoder,
    Optional<Vocabulary> vocabulary,
    TrainedNetwork network,
    ExampleBuffer heldOut) {

  static final String RELEASE = "autoint-7";
  static final long SEED = 7;

  private static final int TRAINING = 4_000;
  private static final int HELD_OUT = 1_000;
  private static final int PROBED = 8;

  /** Trained once for all tests: classes are initialised under a lock, at first use. */
  private static final class Unified {
    static final TrainedShop SHOP = train(Shop.UNIFIED);
  }

  private static final class WithVocabulary {
    static final TrainedShop SHOP = train(Shop.VOCABULARY);
  }

  static TrainedShop unified() {
    return Unified.SHOP;
  }

  static TrainedShop withVocabulary() {
    return WithVocabulary.SHOP;
  }

  private static TrainedShop train(FeatureCatalog catalog) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Object[]> rows = rows(catalog, random);
    Optional<Vocabulary> vocabulary = vocabulary(catalog, rows.subList(0, TRAINING));
    RowEncoder encoder = RowEncoders.of(catalog, vocabulary);
    EmbeddingLayout layout =
        EmbeddingLayout.weighted(encoder.tableRows(), encoder.dim(), encoder.segments());
    ExampleBuffer training = examples(catalog, encoder, rows.subList(0, TRAINING), random);
    ExampleBuffer heldOut = examples(catalog, encoder, rows.subList(TRAINING, rows.size()), random);
    TrainingConfig config =
        TrainingConfig.defaults().withSeed(SEED).withBatchSize(128).withMaxEpochs(3).withThreads(1);
    try {
      TrainedNetwork network =
          new Trainer(new AutoInt(AutoInt.Form.PAPER, 2, 2, 8, 0, 0), layout, config)
              .train(training, heldOut, TrainingListener.SILENT)
              .network();
      return new TrainedShop(catalog, encoder, vocabulary, network, heldOut);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Object[]> rows(FeatureCatalog catalog, SplittableRandom random) {
    FeatureBinder binder = new FeatureBinder(catalog);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < TRAINING + HELD_OUT; i++) {
      RankingRequest request = Shop.request("r" + i, 1, 0, random);
      rows.add(bind(binder, request, Shop.features(request, random), 0));
    }
    return rows;
  }

  /** The values of a candidate, by the catalogue's own means. */
  static Object[] bind(
      FeatureBinder binder, RankingRequest request, FeaturisedRequest features, int index) {
    Object[] row = binder.newRow();
    Candidate candidate = request.getCandidates().get(index);
    binder.bindUser(row, request.getUserId(), request.getContext(), values(features.getUser()));
    binder.bindItem(
        row,
        candidate.getItemId(),
        candidate.getFeatures(),
        values(features.getItems().get(index)));
    return row;
  }

  private static Map<String, Object> values(FeatureValue features) {
    return features == null ? Map.of() : features.getValues();
  }

  private static Optional<Vocabulary> vocabulary(FeatureCatalog catalog, List<Object[]> rows) {
    if (catalog != Shop.VOCABULARY) {
      return Optional.empty();
    }
    VocabularyBuilder builder = new VocabularyBuilder(catalog);
    rows.forEach(builder::add);
    return Optional.of(builder.build());
  }

  /** Examples that are clicked the more, the higher the rate of their item. */
  private static ExampleBuffer examples(
      FeatureCatalog catalog, RowEncoder encoder, List<Object[]> rows, SplittableRandom random) {
    ExampleBuffer examples = new ExampleBuffer(encoder.lookups());
    int rate = catalog.ordinal("item_ctr");
    for (Object[] values : rows) {
      int[] exampleRows = new int[encoder.lookups()];
      float[] weights = new float[encoder.lookups()];
      encoder.encode(values, exampleRows, weights, 0);
      double click = values[rate] instanceof Double known ? 3 * known : 0.5;
      examples.add(exampleRows, weights, random.nextDouble() < click ? 1 : 0);
    }
    return examples;
  }

  /** What the training engine gives for the examples held out. */
  float[] predicted() throws IOException {
    return network.predict(heldOut);
  }

  /** The ONNX file. */
  byte[] model() {
    return OnnxExport.export(network.network(), network.layout(), network.parameters(), Map.of());
  }

  /** What the network gives for the first examples held out. */
  Probe probe() throws IOException {
    return network.probe(heldOut, PROBED, Parity.TOLERANCE);
  }

  /** The bundle of the network. */
  ModelBundle write(Path directory) throws IOException {
    return write(directory, model(), probe());
  }

  /** A bundle with another model or probe than the network's. */
  ModelBundle write(Path directory, byte[] model, Probe probe) throws IOException {
    BundleWriter writer =
        new BundleWriter(draft(catalog.fingerprint()), catalog.toYaml(), model, probe);
    if (vocabulary.isPresent()) {
      Path file = directory.resolveSibling(directory.getFileName() + "." + Scorer.VOCABULARY);
      vocabulary.get().write(file);
      writer.withFile(Scorer.VOCABULARY, Files.readAllBytes(file));
    }
    return writer.write(directory);
  }

  /** A manifest for a bundle that claims to be of a catalogue. */
  Manifest draft(String catalogFingerprint) {
    return Manifest.draft(
        "shop",
        RELEASE,
        new Manifest.NetworkDescription(
            network.network().name(), new TreeMap<>(network.network().configuration())),
        OnnxSignature.inputs(network.layout()),
        OnnxSignature.outputs(),
        catalogFingerprint,
        Map.of(),
        Map.of());
  }

  /** The release of a bundle. */
  static ModelRelease release(ModelBundle bundle, Path directory) {
    return new ModelRelease(
        "shop",
        bundle.manifest().release(),
        ReleaseStage.FULL,
        1.0,
        directory.toUri().toString(),
        bundle.manifestSha256(),
        bundle.manifest().catalogFingerprint(),
        Shop.NOON);
  }
}
