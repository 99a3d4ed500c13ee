package dev.millrace.models.network;

import static dev.millrace.models.network.TensorOps.BATCH;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * DCN V2: explicit crosses of growing order, and a multi-layer perceptron.
 *
 * <p>Wang et al., "DCN V2: Improved Deep and Cross Network and Practical Lessons for Web-scale
 * Learning to Rank Systems", WWW 2021, section 3, with full-rank cross layers.
 *
 * @param structure how the crosses and the perceptron are combined
 * @param crossLayers cross layers, at least 1
 * @param hidden units of each hidden layer, at least 1 each
 * @param dropout dropout rate behind each hidden layer, in [0, 1)
 */
public record Dcnv2(Structure structure, int crossLayers, List<Integer> hidden, double dropout)
    implements FieldNetwork {
  /** The combinations of the paper. */
  public enum Structure {
    /** The perceptron works on the crosses. */
    STACKED,
    /** Both work on the embeddings, and the logit on the two of them. */
    PARALLEL
  }

  public Dcnv2 {
    Objects.requireNonNull(structure, "structure");
    Rule.atLeast("crossLayers", 1, crossLayers);
    hidden = Rule.units("hidden", hidden);
    Rule.dropoutRate("dropout", dropout);
  }

  /** Stacked, with the perceptron of DeepFM's experiments: the paper's sizes are of its data. */
  public static Dcnv2 ofDefaults() {
    return new Dcnv2(Structure.STACKED, 3, List.of(400, 400, 400), 0.5);
  }

  @Override
  public String name() {
    return "dcnv2";
  }

  @Override
  public Map<String, String> configuration() {
    return Options.of(this);
  }

  @Override
  public <T> T logit(TensorOps<T> ops, T fields, int count, int dim) {
    int width = count * dim;
    T flat = ops.reshape(fields, BATCH, width);
    T crossed = cross(ops, flat, width);
    if (structure == Structure.STACKED) {
      return Dense.mlp(ops, crossed, width, hidden, dropout);
    }
    T deep = Dense.hidden(ops, flat, width, hidden, dropout);
    int both = width + Dense.widthBehind(width, hidden);
    return Dense.affine(ops, "output", ops.concat(List.of(crossed, deep), 1), both, 1);
  }

  /** Equation 1: {@code x_(l+1) = x_0 * (W_l x_l + b_l) + x_l}, the product by element. */
  private <T> T cross(TensorOps<T> ops, T start, int width) {
    T crossed = start;
    for (int layer = 0; layer < crossLayers; layer++) {
      T affine = Dense.affine(ops, "cross." + layer, crossed, width, width);
      crossed = ops.add(ops.mul(start, affine), crossed);
    }
    return crossed;
  }
}
