package dev.millrace.models.train;

import dev.millrace.models.bundle.Probe;
import dev.millrace.models.calibrate.Calibration;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleReader;
import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/** A network with its parameters; holds nothing native. */
public record TrainedNetwork(Network network, EmbeddingLayout layout, Parameters parameters) {
  /**
   * @throws IllegalArgumentException when the parameters are not the network's
   */
  public TrainedNetwork {
    parameters.requireDeclared(ParameterSpec.declaredBy(network, layout));
  }

  /**
   * Probabilities of a click by the engine that trained the network, one for each example in order.
   *
   * @throws IllegalArgumentException when an example does not fit the layout
   */
  public float[] predict(ExampleSource examples) throws IOException {
    return predict(examples, Calibration.NONE);
  }

  /** As above, calibrated. */
  public float[] predict(ExampleSource examples, Calibration calibration) throws IOException {
    return score(examples).probabilities(calibration);
  }

  /**
   * Logits and labels of all examples in order.
   *
   * @throws IllegalArgumentException when an example does not fit the layout
   */
  public Predictions score(ExampleSource examples) throws IOException {
    try (EngineNetwork engine = EngineNetwork.open(network, layout, parameters)) {
      return engine.predict(examples);
    }
  }

  /**
   * The first examples with what this network gives for them, for a bundle.
   *
   * @param count examples to take, at least 1; fewer when the source ends
   * @param tolerance of the probe; 1e-5 is the bound between training and serving in float32
   */
  public Probe probe(ExampleSource examples, int count, double tolerance) throws IOException {
    return probe(examples, count, tolerance, Calibration.NONE);
  }

  /** As above, calibrated. */
  public Probe probe(ExampleSource examples, int count, double tolerance, Calibration calibration)
      throws IOException {
    layout.requireLookups("examples", examples.lookups());
    ExampleBuffer taken = new ExampleBuffer(layout.lookups());
    try (ExampleReader reader = examples.open()) {
      int read;
      do {
        read = reader.read(taken, count - taken.size());
      } while (read > 0 && taken.size() < count);
    }
    float[] probabilities = predict(taken, calibration);
    IntBuffer rows = taken.rows();
    FloatBuffer weights = taken.weights();
    List<Probe.Example> probed = new ArrayList<>();
    for (float probability : probabilities) {
      List<Integer> exampleRows = new ArrayList<>();
      List<Float> exampleWeights = new ArrayList<>();
      for (int lookup = 0; lookup < layout.lookups(); lookup++) {
        exampleRows.add(rows.get());
        exampleWeights.add(weights.get());
      }
      probed.add(new Probe.Example(exampleRows, exampleWeights, probability));
    }
    return new Probe(tolerance, probed);
  }
}
