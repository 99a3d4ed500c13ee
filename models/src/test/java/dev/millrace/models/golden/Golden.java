package dev.millrace.models.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.ParameterSpec.Role;
import dev.millrace.models.network.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** A golden vector: what PyTorch 2.13 computed in float64 for one network and one batch. */
public record Golden(Network network, EmbeddingLayout layout, JsonNode json) {
  /** Reads a vector, or skips the test where there are none. */
  static Golden read(Network network, String file) {
    Path shared = Path.of(System.getProperty("millrace.shared", "shared"));
    Path golden = shared.resolve("golden/ctr").resolve(file);
    assumeTrue(Files.isRegularFile(golden), "needs the golden vectors of ../shared");
    try {
      JsonNode json = new ObjectMapper().readTree(golden.toFile());
      int lookups = json.get("inputs").get("idx").get(0).size();
      JsonNode table = json.get("params").elements().next();
      EmbeddingLayout plain = EmbeddingLayout.plain(table.size(), table.get(0).size(), lookups);
      int[] segments = IntStream.range(0, lookups).toArray();
      return new Golden(
          network,
          json.get("inputs").has("val")
              ? EmbeddingLayout.weighted(plain.tableRows(), plain.dim(), segments)
              : plain,
          json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The batch. */
  public ExampleBuffer examples() {
    ExampleBuffer examples = new ExampleBuffer(layout.lookups());
    JsonNode ids = json.get("inputs").get("idx");
    float[] values = toFloats(weights());
    double[] labels = vector("labels");
    for (int i = 0; i < labels.length; i++) {
      int[] rows = new int[layout.lookups()];
      float[] weights = Arrays.copyOfRange(values, i * rows.length, (i + 1) * rows.length);
      for (int lookup = 0; lookup < rows.length; lookup++) {
        rows[lookup] = ids.get(i).get(lookup).asInt();
      }
      examples.add(rows, weights, (float) labels[i]);
    }
    return examples;
  }

  /** The weights of the batch in float64, {@code [batch, lookups]}; 1 in a plain layout. */
  public double[] weights() {
    if (layout.weighted()) {
      return flat(json.get("inputs").get("val"));
    }
    double[] ones = new double[json.get("labels").size() * layout.lookups()];
    Arrays.fill(ones, 1);
    return ones;
  }

  public boolean has(String key) {
    return json.has(key);
  }

  /** A tensor of any shape, row-major. */
  public double[] vector(String key) {
    return flat(json.get(key));
  }

  public double number(String key) {
    return json.get(key).asDouble();
  }

  /** Tensors of {@code params}, {@code grads} and the like by our names, in our order. */
  public Map<String, double[]> tensors(String key) {
    Map<String, JsonNode> theirs =
        json.path(key).properties().stream()
            .filter(entry -> entry.getValue().isArray())
            .collect(
                Collectors.toMap(entry -> GoldenNames.ours(entry.getKey()), Map.Entry::getValue));
    Map<String, double[]> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : ParameterSpec.declaredBy(network, layout)) {
      if (theirs.containsKey(spec.name())) {
        tensors.put(spec.name(), flat(inOurOrder(spec, theirs.get(spec.name()))));
      }
    }
    return tensors;
  }

  /** All parameters and statistics before the step. */
  public Map<String, double[]> start() {
    Map<String, double[]> start = tensors("params");
    start.putAll(tensors("buffers"));
    return start;
  }

  public Parameters parameters() {
    Map<String, float[]> values = new LinkedHashMap<>();
    start().forEach((name, tensor) -> values.put(name, toFloats(tensor)));
    return new Parameters(values);
  }

  public static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Their matrices are {@code [out, in]}, ours {@code [in, out]}. */
  private static JsonNode inOurOrder(ParameterSpec spec, JsonNode theirs) {
    boolean matrix = spec.role() == Role.WEIGHT && spec.shape().size() == 2;
    return matrix ? transposed(theirs) : theirs;
  }

  private static JsonNode transposed(JsonNode matrix) {
    ObjectMapper mapper = new ObjectMapper();
    List<List<Double>> columns =
        IntStream.range(0, matrix.get(0).size())
            .mapToObj(
                column ->
                    StreamSupport.stream(matrix.spliterator(), false)
                        .map(row -> row.get(column).asDouble())
                        .toList())
            .toList();
    return mapper.valueToTree(columns);
  }

  private static double[] flat(JsonNode tensor) {
    if (!tensor.isArray()) {
      return new double[] {tensor.asDouble()};
    }
    return StreamSupport.stream(tensor.spliterator(), false)
        .flatMapToDouble(element -> Arrays.stream(flat(element)))
        .toArray();
  }
}
