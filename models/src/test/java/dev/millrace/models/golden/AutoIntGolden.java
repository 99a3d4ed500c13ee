package dev.millrace.models.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One of the AutoInt golden vectors: what PyTorch 2.13 computed in float64 for a published form.
 * Their linear weights are {@code [out, in]}, ours {@code [in, out]}.
 */
public record AutoIntGolden(AutoInt network, EmbeddingLayout layout, JsonNode json) {
  /** The form and the file of its golden vector. */
  public enum Case {
    PAPER(AutoInt.Form.PAPER, "autoint_paper.json"),
    AUTHORS(AutoInt.Form.AUTHORS, "autoint_tf.json"),
    FUXI_LN(AutoInt.Form.FUXI_LN, "autoint_fuxi_ln_scale.json");

    private final AutoInt.Form form;
    private final String file;

    Case(AutoInt.Form form, String file) {
      this.form = form;
      this.file = file;
    }

    /** Reads the vector, or skips the test where there are none. */
    public AutoIntGolden read() {
      Path shared = Path.of(System.getProperty("millrace.shared", "shared"));
      Path golden = shared.resolve("golden/ctr").resolve(file);
      assumeTrue(Files.isRegularFile(golden), "needs the golden vectors of ../shared");
      try {
        JsonNode json = new ObjectMapper().readTree(golden.toFile());
        JsonNode config = json.get("config");
        JsonNode blocks = config.path("blocks");
        int layers = blocks.isArray() ? blocks.size() : config.get("layers").asInt();
        int width = blocks.isArray() ? blocks.get(0).asInt() : config.get("attention_dim").asInt();
        int heads = config.get("heads").asInt();
        return new AutoIntGolden(
            new AutoInt(form, layers, heads, width / heads, 0, 0),
            new EmbeddingLayout(
                config.get("features").asInt(),
                config.get("d").asInt(),
                IntStream.range(0, config.get("fields").asInt()).boxed().toList(),
                json.get("inputs").has("val")),
            json);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The batch. */
  public ExampleBuffer examples() {
    ExampleBuffer examples = new ExampleBuffer(layout.lookups());
    JsonNode ids = json.get("inputs").get("idx");
    float[] values = toFloats(weights());
    for (int i = 0; i < ids.size(); i++) {
      int[] rows = new int[layout.lookups()];
      float[] weights = Arrays.copyOfRange(values, i * rows.length, (i + 1) * rows.length);
      for (int lookup = 0; lookup < rows.length; lookup++) {
        rows[lookup] = ids.get(i).get(lookup).asInt();
      }
      examples.add(rows, weights, (float) json.get("labels").get(i).asDouble());
    }
    return examples;
  }

  /** The weights of the batch in float64, {@code [batch, lookups]}; 1 in a plain layout. */
  public double[] weights() {
    if (layout.weighted()) {
      return flat(json.get("inputs").get("val"), false);
    }
    double[] ones = new double[json.get("labels").size() * layout.lookups()];
    Arrays.fill(ones, 1);
    return ones;
  }

  public double[] vector(String key) {
    return flat(json.get(key), false);
  }

  public double number(String key) {
    return json.get(key).asDouble();
  }

  /** Tensors of {@code params}, {@code grads} or {@code params_after_1_adam_step} by our names. */
  public Map<String, double[]> tensors(String key) {
    Map<String, double[]> tensors = new LinkedHashMap<>();
    json.get(key)
        .properties()
        .forEach(
            entry -> {
              boolean projection = entry.getKey().matches("a\\.\\d\\.(W_)?(q|k|v|r|res)\\.weight");
              tensors.put(ourName(entry.getKey()), flat(entry.getValue(), projection));
            });
    return tensors;
  }

  public Parameters parameters() {
    Map<String, float[]> values = new LinkedHashMap<>();
    tensors("params").forEach((name, tensor) -> values.put(name, toFloats(tensor)));
    return new Parameters(values);
  }

  public static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static String ourName(String theirs) {
    return theirs
        .replaceFirst("^e\\.weight$", "embedding")
        .replaceFirst("^p\\.", "output.")
        .replaceFirst("^a\\.", "attention.")
        .replaceFirst("\\.(W_)?q\\.", ".query.")
        .replaceFirst("\\.(W_)?k\\.", ".key.")
        .replaceFirst("\\.(W_)?v\\.", ".value.")
        .replaceFirst("\\.(r|W_res)\\.", ".residual.")
        .replaceFirst("\\.(g|layer_norm\\.weight)$", ".norm.gain")
        .replaceFirst("\\.(b|layer_norm\\.bias)$", ".norm.bias");
  }

  private static double[] flat(JsonNode tensor, boolean transposed) {
    if (!tensor.get(0).isArray()) {
      double[] vector = new double[tensor.size()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = tensor.get(i).asDouble();
      }
      return vector;
    }
    int rows = tensor.size();
    int columns = tensor.get(0).size();
    double[] matrix = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int index = transposed ? column * rows + row : row * columns + column;
        matrix[index] = tensor.get(row).get(column).asDouble();
      }
    }
    return matrix;
  }
}
