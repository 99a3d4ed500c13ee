package dev.millrace.models.network;

import static dev.millrace.models.network.TensorOps.BATCH;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * FGCNN: a convolutional network that generates fields, and a classifier of the generated and the
 * raw ones.
 *
 * <p>Liu et al., "Feature Generation by Convolutional Neural Network for Click-Through Rate
 * Prediction", WWW 2019, section 3. Neighbouring fields are convolved: their order is part of the
 * model. The generator has an embedding table of its own.
 *
 * @param channels maps of each convolution, at least 1 each; at least one convolution
 * @param kernel height of the kernels in fields, at least 1
 * @param pool size of the pooling behind each convolution, at least 1; the paper uses 2
 * @param pooling what becomes of a height that {@code pool} does not divide
 * @param newMaps fields that are generated for each row of a pooled map, at least 1
 * @param batchNorm whether there is batch normalisation between convolution and tanh
 * @param classifier what makes the logit of all fields
 */
public record Fgcnn(
    List<Integer> channels,
    int kernel,
    int pool,
    Pooling pooling,
    int newMaps,
    boolean batchNorm,
    Classifier classifier)
    implements Network {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  /** What pooling does with a height that its size does not divide. */
  public enum Pooling {
    /**
     * Pads with negative infinity, {@code height % size} rows above and as many below, and drops
     * what is left over, as FuxiCTR does.
     */
    CEIL,
    /** Drops the rows that are left over, as DeepCTR does. */
    FLOOR;

    /** Rows of padding above, and as many below. */
    int padding(int height, int size) {
      return this == CEIL ? height % size : 0;
    }

    /** The height that is left. */
    int pooled(int height, int size) {
      return (height + 2 * padding(height, size)) / size;
    }
  }

  public Fgcnn {
    channels = Rule.units("channels", channels);
    Rule.atLeast("channels.length", 1, channels.size());
    Rule.atLeast("kernel", 1, kernel);
    Rule.atLeast("pool", 1, pool);
    Objects.requireNonNull(pooling, "pooling");
    Rule.atLeast("newMaps", 1, newMaps);
    Objects.requireNonNull(classifier, "classifier");
  }

  /** The paper's form and size on Criteo (section 4), which has 39 fields. */
  public static Fgcnn ofPaper() {
    return new Fgcnn(List.of(38, 40, 42, 44), 9, 2, Pooling.CEIL, 3, false, Ipnn.ofDefaults());
  }

  @Override
  public String name() {
    return "fgcnn";
  }

  @Override
  public Map<String, String> configuration() {
    return Options.of(this);
  }

  /**
   * @throws IllegalArgumentException when pooling leaves nothing of the layout's tokens
   */
  @Override
  public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
    List<T> fields = new ArrayList<>();
    fields.add(Embedding.tokens(ops, layout));
    int count = layout.tokens();
    T map = ops.reshape(tokens(ops, layout), BATCH, 1, count, layout.dim());
    int height = count;
    for (int layer = 0; layer < channels.size(); layer++) {
      map = pooledMap(ops, map, layer, height);
      height = pooling.pooled(height, pool);
      fields.add(generated(ops, map, layer, height, layout.dim()));
      count += height * newMaps;
    }
    return classifier.logit(ops, ops.concat(fields, 1), count, layout.dim());
  }

  private static <T> T tokens(TensorOps<T> ops, EmbeddingLayout layout) {
    return Embedding.tokens(ops, layout, "generator");
  }

  /** {@code [batch, in, height, dim] -> [batch, channels, pooled height, dim]}. */
  private <T> T pooledMap(TensorOps<T> ops, T map, int layer, int height) {
    if (pooling.pooled(height, pool) < 1) {
      throw new IllegalArgumentException(
          "channels must be <= %d layers where %s pooling by %d leaves a height of %d, found %d"
              .formatted(layer, Options.text(pooling), pool, height, channels.size()));
    }
    String name = "convolution." + layer;
    int in = layer == 0 ? 1 : channels.get(layer - 1);
    int out = channels.get(layer);
    T weight = ops.parameter(name + ".weight", Initializer.XAVIER_UNIFORM, out, in, kernel, 1);
    T sums = ops.convolve(map, weight, ops.parameter(name + ".bias", Initializer.ZEROS, out));
    if (batchNorm) {
      sums = ops.batchNorm(sums, name + ".norm", EPSILON, MOMENTUM);
    }
    return ops.maxPool(ops.tanh(sums), pool, pooling.padding(height, pool));
  }

  /** Recombination: {@code [batch, channels, height, dim] -> [batch, height * newMaps, dim]}. */
  private <T> T generated(TensorOps<T> ops, T map, int layer, int height, int dim) {
    int in = channels.get(layer) * height * dim;
    int out = height * newMaps * dim;
    T flat = ops.reshape(map, BATCH, in);
    T mixed = ops.tanh(Dense.affine(ops, "recombination." + layer, flat, in, out));
    return ops.reshape(mixed, BATCH, height * newMaps, dim);
  }
}
