package dev.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.NetworkCases;
import dev.millrace.models.network.OptFs;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.train.TrainedNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every network of the list: the engine that trains it and ONNX Runtime agree. */
class NetworkParityTest {
  /** What the bundle promises between training and serving. */
  private static final float PARITY = 1e-5f;

  private static final long SEED = 4;

  static List<Network> networks() {
    return NetworkCases.networks();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldAgreeOnEveryNetwork(Network network) throws Exception {
    assertParity(network, NetworkCases.weighted());
    assertParity(network, NetworkCases.cut(NetworkCases.weighted()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldAgreeWhileOptFsSearchesAndAfterwards(Network network) throws Exception {
    assertParity(OptFs.search(network, 5), NetworkCases.weighted());
    assertParity(OptFs.ticket(network), NetworkCases.cut(NetworkCases.weighted()));
  }

  /** Those that look up in every way there is: a first-order term, and a second table. */
  @ParameterizedTest
  @ValueSource(strings = {"deepfm", "fgcnn"})
  void shouldAgreeOverEveryLayout(String name) throws Exception {
    for (EmbeddingLayout layout : NetworkCases.layouts()) {
      assertParity(NetworkCases.small(name, Map.of()), layout);
    }
  }

  private static void assertParity(Network network, EmbeddingLayout layout)
      throws OrtException, IOException {
    Parameters parameters = NetworkCases.random(network, layout, SEED);
    TrainedNetwork trained = new TrainedNetwork(network, layout, parameters);
    byte[] model = OnnxExport.export(network, layout, parameters, Map.of());
    try (OrtModel ort = new OrtModel(model)) {
      for (int batch : new int[] {1, 7}) {
        ExampleBuffer examples = NetworkCases.examples(layout, batch, SEED + batch);
        float[] engine = trained.predict(examples);
        assertThat(engine).hasSize(batch);
        assertThat(ort.run(examples, OnnxSignature.PROBABILITY))
            .as("%s over %s, batch %d, seed %d", network, layout, batch, SEED)
            .containsExactly(engine, within(PARITY));
      }
    }
  }
}
