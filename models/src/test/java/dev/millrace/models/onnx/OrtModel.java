package dev.millrace.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.millrace.models.examples.ExampleBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** An exported network in ONNX Runtime. */
public final class OrtModel implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private final OrtSession session;

  public OrtModel(byte[] model) throws OrtException {
    options.setIntraOpNumThreads(1);
    this.session = environment.createSession(model, options);
  }

  /** Opens a model with the files beside it. */
  OrtModel(Path model) throws OrtException {
    options.setIntraOpNumThreads(1);
    this.session = environment.createSession(model.toString(), options);
  }

  OrtSession session() {
    return session;
  }

  /** An output for all examples at once. */
  public float[] run(ExampleBuffer examples, String output) throws OrtException {
    long[] shape = {examples.size(), examples.lookups()};
    try (OnnxTensor rows = OnnxTensor.createTensor(environment, examples.rows(), shape);
        OnnxTensor weights = OnnxTensor.createTensor(environment, examples.weights(), shape)) {
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
      inputs.put(OnnxSignature.ROWS, rows);
      if (session.getInputNames().contains(OnnxSignature.WEIGHTS)) {
        inputs.put(OnnxSignature.WEIGHTS, weights);
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return (float[]) result.get(output).orElseThrow().getValue();
      }
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
    options.close();
  }
}
