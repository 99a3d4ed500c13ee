package dev.millrace.models.network;

import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.ParameterSpec.Role;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Small networks of every kind, layouts of every kind, and random values for them. */
public final class NetworkCases {
  private static final int ROWS = 30;
  private static final int DIM = 4;
  private static final List<Integer> SEVERAL = List.of(0, 1, 1, 2, 3, 4, 4, 4);

  /** Option values that keep a network small, for those that have the option. */
  private static final Map<String, String> SMALL =
      Map.of(
          "layers", "2",
          "headDim", "3",
          "hidden", "8,4",
          "crossLayers", "2",
          "channels", "3,4",
          "classifier.hidden", "8,4");

  private NetworkCases() {}

  /** Every network of the list, and every form that an option chooses. */
  public static List<Network> networks() {
    Stream<Network> listed = Networks.names().stream().map(name -> small(name, Map.of()));
    Stream<Network> forms =
        Stream.of(
            small("autoint", Map.of("form", "authors")),
            small("autoint", Map.of("form", "fuxi-ln")),
            small("autoint-plus", Map.of("form", "authors")),
            small("deepfm", Map.of("linear", "false")),
            small("dcnv2", Map.of("structure", "parallel")),
            small("mlp", Map.of("hidden", "")),
            small("fgcnn", Map.of("pooling", "floor")),
            small("fgcnn", Map.of("pooling", "floor", "pool", "3", "channels", "2")),
            small("fgcnn", Map.of("pool", "3", "kernel", "4")),
            small("fgcnn", Map.of("batchNorm", "true", "kernel", "2")),
            small("fgcnn", Map.of("classifier", "mlp")),
            small("fgcnn", Map.of("classifier", "autoint", "classifier.form", "authors")),
            small("fgcnn", Map.of("classifier", "autoint-plus")),
            small("fgcnn", Map.of("classifier", "dcnv2")));
    return Stream.concat(listed, forms).toList();
  }

  /** A network of the list with few units, and some options. */
  public static Network small(String name, Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>(SMALL);
    all.keySet().retainAll(Networks.create(name, options).configuration().keySet());
    all.putAll(options);
    return Networks.create(name, all);
  }

  /** Plain and weighted, with one lookup a token and with several, whole and cut. */
  public static List<EmbeddingLayout> layouts() {
    EmbeddingLayout plain = EmbeddingLayout.plain(ROWS, DIM, 5);
    EmbeddingLayout pooled = new EmbeddingLayout(ROWS, DIM, SEVERAL, false, Optional.empty());
    return List.of(plain, pooled, weighted(), cut(plain), cut(weighted()));
  }

  /** Several weighted lookups a token. */
  public static EmbeddingLayout weighted() {
    return new EmbeddingLayout(ROWS, DIM, SEVERAL, true, Optional.empty());
  }

  /** The layout over two rows of three. */
  public static EmbeddingLayout cut(EmbeddingLayout layout) {
    return layout.withCut(RowMap.keeping(ROWS, row -> row % 3 != 1));
  }

  /** Values of which none is special, but for the zero row of a cut. */
  public static Parameters random(Network network, EmbeddingLayout layout, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : ParameterSpec.declaredBy(network, layout)) {
      float[] tensor = new float[Math.toIntExact(spec.size())];
      // Statistics stay above 0, as a variance has to.
      double least = spec.role() == Role.STATISTIC ? 0.1 : -0.5;
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = (float) random.nextDouble(least, 0.5);
      }
      if (spec.role() == Role.TABLE && layout.cut().isPresent()) {
        int dim = spec.shape().get(1);
        Arrays.fill(tensor, tensor.length - dim, tensor.length, 0);
      }
      values.put(spec.name(), tensor);
    }
    return new Parameters(values);
  }

  /** Examples of random rows and, in a weighted layout, weights. */
  public static ExampleBuffer examples(EmbeddingLayout layout, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ExampleBuffer examples = new ExampleBuffer(layout.lookups());
    for (int i = 0; i < count; i++) {
      int[] rows = random.ints(layout.lookups(), 0, layout.tableRows()).toArray();
      float[] weights = new float[rows.length];
      for (int lookup = 0; lookup < rows.length; lookup++) {
        weights[lookup] = layout.weighted() ? (float) random.nextDouble(0, 2) : 1;
      }
      examples.add(rows, weights, random.nextInt(2));
    }
    return examples;
  }
}
