package dev.millrace.serving;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.encoding.RowEncoders;
import dev.millrace.features.encoding.Vocabulary;
import dev.millrace.models.bundle.BundleException;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.bundle.Probe;
import dev.millrace.models.onnx.OnnxSignature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  private static final Set<String> OUTPUT = Set.of(OnnxSignature.PROBABILITY);

  private final ModelBundle bundle;
  private final FeatureCatalog catalog;
  private final RowEncoder encoder;
  private final int maxBatch;
  private final OrtEnvironment ort;
  private final OrtSession session;

  private Scorer(
      ModelBundle bundle,
      FeatureCatalog catalog,
      RowEncoder encoder,
      int maxBatch,
      OrtEnvironment ort,
      OrtSession session) {
    this.bundle = bundle;
    this.catalog = catalog;
    this.encoder = encoder;
    this.maxBatch = maxBatch;
    this.ort = ort;
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
    FeatureCatalog catalog = FeatureCatalog.parse(bundle.catalogYaml(), ModelBundle.CATALOG);
    bundle.requireFingerprint(catalog.fingerprint());
    RowEncoder encoder = RowEncoders.of(catalog, vocabulary(bundle, catalog));
    OrtEnvironment ort = OrtEnvironment.getEnvironment();
    OrtSession session = session(ort, bundle, settings);
    Scorer scorer = new Scorer(bundle, catalog, encoder, settings.maxBatch(), ort, session);
    try {
      scorer.verifyProbe();
      return scorer;
    } catch (IOException | RuntimeException e) {
      scorer.close();
      throw e;
    }
  }

  private static Optional<Vocabulary> vocabulary(ModelBundle bundle, FeatureCatalog catalog)
      throws IOException {
    return bundle.manifest().files().containsKey(VOCABULARY)
        ? Optional.of(Vocabulary.read(bundle.file(VOCABULARY), catalog))
        : Optional.empty();
  }

  private static OrtSession session(OrtEnvironment ort, ModelBundle bundle, ScorerSettings settings)
      throws BundleException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(settings.intraOpThreads());
      options.setInterOpNumThreads(1);
      return ort.createSession(bundle.modelFile().toString(), options);
    } catch (OrtException e) {
      throw new BundleException(
          BundleException.Reason.MALFORMED,
          "%s must be a model that ONNX Runtime loads, found: %s"
              .formatted(bundle.modelFile(), oneLine(e)),
          e);
    }
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
    float[] probabilities = new float[batch.size()];
    try {
      run(batch, probabilities);
    } catch (OrtException e) {
      throw new BundleException(
          BundleException.Reason.PROBE, "probe must run, found: " + oneLine(e), e);
    }
    probe.verify(probabilities);
  }

  private static String oneLine(OrtException e) {
    return e.getMessage().lines().findFirst().orElse("no message");
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
      run(batch, probabilities);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "release %s cannot score: %s".formatted(bundle.manifest().release(), oneLine(e)), e);
    }
    for (int i = 0; i < batch.size(); i++) {
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        throw new IllegalStateException(
            "release %s must give a probability in [0, 1], found %s"
                .formatted(bundle.manifest().release(), probabilities[i]));
      }
    }
  }

  private void run(ScoringBatch batch, float[] probabilities) throws OrtException {
    for (int from = 0; from < batch.size(); from += maxBatch) {
      run(batch, from, Math.min(from + maxBatch, batch.size()), probabilities);
    }
  }

  private void run(ScoringBatch batch, int from, int to, float[] probabilities)
      throws OrtException {
    long[] shape = {to - from, batch.lookups()};
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OnnxTensor rows = OnnxTensor.createTensor(ort, batch.rows(from, to), shape);
        OnnxTensor weights = weights(batch, from, to, shape)) {
      inputs.put(OnnxSignature.ROWS, rows);
      if (weights != null) {
        inputs.put(OnnxSignature.WEIGHTS, weights);
      }
      try (OrtSession.Result result = session.run(inputs, OUTPUT)) {
        ((OnnxTensor) result.get(0)).getFloatBuffer().get(probabilities, from, to - from);
      }
    }
  }

  private OnnxTensor weights(ScoringBatch batch, int from, int to, long[] shape)
      throws OrtException {
    return batch.weighted() ? OnnxTensor.createTensor(ort, batch.weights(from, to), shape) : null;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("an ONNX Runtime session cannot be closed", e);
    }
  }
}
