package dev.millrace.serving;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.millrace.models.bundle.BundleException;
import dev.millrace.models.onnx.OnnxSignature;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX Runtime session of a model that takes and gives what {@link OnnxSignature} says. Not safe
 * for use by several threads at once.
 */
final class ModelSession implements AutoCloseable {

  private static final Set<String> OUTPUT = Set.of(OnnxSignature.PROBABILITY);

  private final OrtEnvironment ort;
  private final OrtSession session;
  private final int maxBatch;

  private ModelSession(OrtEnvironment ort, OrtSession session, int maxBatch) {
    this.ort = ort;
    this.session = session;
    this.maxBatch = maxBatch;
  }

  /**
   * Loads a model.
   *
   * @param weighted whether it takes weights beside rows
   * @throws BundleException (MALFORMED) if ONNX Runtime does not load it, or its inputs and outputs
   *     are others
   */
  static ModelSession open(Path model, boolean weighted, ScorerSettings settings)
      throws BundleException {
    OrtEnvironment ort = OrtEnvironment.getEnvironment();
    OrtSession session = null;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(settings.intraOpThreads());
      options.setInterOpNumThreads(1);
      session = ort.createSession(model.toString(), options);
      requireSignature(session, weighted);
      return new ModelSession(ort, session, settings.maxBatch());
    } catch (OrtException | IllegalArgumentException e) {
      close(session, e);
      throw new BundleException(
          BundleException.Reason.MALFORMED,
          "%s must be a model that scores rows, found: %s".formatted(model, oneLine(e)),
          e);
    }
  }

  private static void close(OrtSession session, Exception failure) {
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static void requireSignature(OrtSession session, boolean weighted) throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    Set<String> expected =
        weighted ? Set.of(OnnxSignature.ROWS, OnnxSignature.WEIGHTS) : Set.of(OnnxSignature.ROWS);
    if (!inputs.keySet().equals(expected)) {
      throw new IllegalArgumentException(
          "inputs must be %s, found %s".formatted(expected, inputs.keySet()));
    }
    requireType(OnnxSignature.ROWS, inputs, OnnxJavaType.INT32);
    if (weighted) {
      requireType(OnnxSignature.WEIGHTS, inputs, OnnxJavaType.FLOAT);
    }
    requireType(OnnxSignature.PROBABILITY, session.getOutputInfo(), OnnxJavaType.FLOAT);
  }

  private static void requireType(String name, Map<String, NodeInfo> nodes, OnnxJavaType type) {
    NodeInfo node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException(
          "outputs must hold %s, found %s".formatted(name, nodes.keySet()));
    }
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != type) {
      throw new IllegalArgumentException(
          "%s must be a tensor of %s, found %s".formatted(name, type, node.getInfo()));
    }
  }

  /** The first line of a message; those of the runtime run over many. */
  static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Runs the model over a batch, in parts where it is large.
   *
   * @param probabilities receives what the model gives for each example, whatever it is
   * @throws OrtException if the runtime fails or gives other than one value an example
   */
  void run(ScoringBatch batch, float[] probabilities) throws OrtException {
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
        FloatBuffer found = ((OnnxTensor) result.get(0)).getFloatBuffer();
        if (found.remaining() != to - from) {
          throw new OrtException(
              "%s must hold %d values, found %d"
                  .formatted(OnnxSignature.PROBABILITY, to - from, found.remaining()));
        }
        found.get(probabilities, from, to - from);
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
