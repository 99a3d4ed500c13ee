package dev.millrace.serving;

import ai.onnxruntime.OrtException;
import dev.millrace.features.catalog.CatalogException;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.encoding.RowEncoders;
import dev.millrace.features.encoding.Vocabulary;
import dev.millrace.features.encoding.VocabularyException;
import dev.millrace.models.bundle.BundleException;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.bundle.Probe;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A model bundle in an ONNX Runtime session. What a bundle claims is verified before it scores
 * anything: its files by checksum when it is opened, its catalogue by fingerprint and its model by
 * probe here.
 *
 * <p>Not safe for use by several threads at once. Closing it closes the session.
 */
public final class Scorer implements AutoCloseable {

  /** Name of the bundle's vocabulary, where its embedding has one. */
  public static final String VOCABULARY = "vocabulary.json";

  private final ModelBundle bundle;
  private final FeatureCatalog catalog;
  private final RowEncoder encoder;
  private final ModelSession session;

  private Scorer(
      ModelBundle bundle, FeatureCatalog catalog, RowEncoder encoder, ModelSession session) {
    this.bundle = bundle;
    this.catalog = catalog;
    this.encoder = encoder;
    this.session = session;
  }

  /**
   * Loads a bundle.
   *
   * @param catalogFingerprint of the catalogue that will featurise what is scored
   * @throws BundleException if fingerprint, catalogue, model or probe disagree
   * @throws IOException if a file of the bundle cannot be read
   */
  public static Scorer open(ModelBundle bundle, String catalogFingerprint, ScorerSettings settings)
      throws IOException {
    bundle.requireFingerprint(catalogFingerprint);
    FeatureCatalog catalog = catalog(bundle);
    bundle.requireFingerprint(catalog.fingerprint());
    RowEncoder encoder = encoder(bundle, catalog);
    ModelSession session = ModelSession.open(bundle.modelFile(), encoder.weighted(), settings);
    Scorer scorer = new Scorer(bundle, catalog, encoder, session);
    try {
      scorer.verifyProbe();
      scorer.verifyTable();
      return scorer;
    } catch (IOException | RuntimeException e) {
      scorer.close();
      throw e;
    }
  }

  private static FeatureCatalog catalog(ModelBundle bundle) throws BundleException {
    try {
      return FeatureCatalog.parse(bundle.catalogYaml(), ModelBundle.CATALOG);
    } catch (CatalogException e) {
      throw new BundleException(BundleException.Reason.MALFORMED, e.getMessage(), e);
    }
  }

  private static RowEncoder encoder(ModelBundle bundle, FeatureCatalog catalog) throws IOException {
    try {
      return RowEncoders.of(catalog, vocabulary(bundle, catalog));
    } catch (VocabularyException | IllegalArgumentException e) {
      throw new BundleException(BundleException.Reason.MALFORMED, e.getMessage(), e);
    }
  }

  private static Optional<Vocabulary> vocabulary(ModelBundle bundle, FeatureCatalog catalog)
      throws IOException {
    return bundle.manifest().files().containsKey(VOCABULARY)
        ? Optional.of(Vocabulary.read(bundle.file(VOCABULARY), catalog))
        : Optional.empty();
  }

  private void verifyProbe() throws BundleException {
    Probe probe = bundle.probe();
    int lookups = probe.examples().get(0).rows().size();
    if (lookups != encoder.lookups()) {
      throw new BundleException(
          BundleException.Reason.PROBE,
          "probe examples must have the catalogue's %d lookups, found %d"
              .formatted(encoder.lookups(), lookups));
    }
    ScoringBatch batch = newBatch(probe.examples().size());
    int[] rows = new int[lookups];
    float[] weights = new float[lookups];
    for (Probe.Example example : probe.examples()) {
      for (int i = 0; i < lookups; i++) {
        rows[i] = example.rows().get(i);
        weights[i] = example.weights().get(i);
      }
      batch.add(rows, weights);
    }
    probe.verify(verify(batch, "probe must run"));
  }

  /** A table with fewer rows than the encoder gives would fail on the first request that hits. */
  private void verifyTable() throws BundleException {
    int[] rows = new int[encoder.lookups()];
    Arrays.fill(rows, encoder.tableRows() - 1);
    float[] weights = new float[encoder.lookups()];
    Arrays.fill(weights, 1);
    ScoringBatch batch = newBatch(1);
    batch.add(rows, weights);
    verify(batch, "the model must have the encoder's %d rows".formatted(encoder.tableRows()));
  }

  private float[] verify(ScoringBatch batch, String rule) throws BundleException {
    float[] probabilities = new float[batch.size()];
    try {
      session.run(batch, probabilities);
      return probabilities;
    } catch (OrtException e) {
      throw new BundleException(
          BundleException.Reason.PROBE, rule + ", found: " + ModelSession.oneLine(e), e);
    }
  }

  /** The bundle that scores. */
  public ModelBundle bundle() {
    return bundle;
  }

  /** The bundle's catalogue. */
  public FeatureCatalog catalog() {
    return catalog;
  }

  /** Encodes values for the model. */
  public RowEncoder encoder() {
    return encoder;
  }

  /** The execution provider that scores. */
  public String provider() {
    return "cpu";
  }

  /** A batch for this model. */
  public ScoringBatch newBatch(int capacity) {
    return new ScoringBatch(encoder.lookups(), encoder.weighted(), capacity);
  }

  /**
   * Scores a batch.
   *
   * @param probabilities receives the click probability of each example, {@code [batch.size()]} at
   *     least
   * @throws IllegalStateException if the runtime fails or gives what is no probability
   */
  public void score(ScoringBatch batch, float[] probabilities) {
    try {
      session.run(batch, probabilities);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "release %s cannot score: %s"
              .formatted(bundle.manifest().release(), ModelSession.oneLine(e)),
          e);
    }
    for (int i = 0; i < batch.size(); i++) {
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        throw new IllegalStateException(
            "release %s must give a probability in [0, 1], found %s"
                .formatted(bundle.manifest().release(), probabilities[i]));
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
