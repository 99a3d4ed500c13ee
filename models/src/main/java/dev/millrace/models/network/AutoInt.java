package dev.millrace.models.network;

import static dev.millrace.models.network.Initializer.ONES;
import static dev.millrace.models.network.Initializer.XAVIER_UNIFORM;
import static dev.millrace.models.network.Initializer.ZEROS;
import static dev.millrace.models.network.TensorOps.BATCH;

import java.util.Map;
import java.util.Objects;

/**
 * AutoInt: feature interactions by multi-head self-attention over the fields.
 *
 * <p>Song et al., "AutoInt: Automatic Feature Interaction Learning via Self-Attentive Neural
 * Networks", CIKM 2019, section 4. The published implementations differ from the paper and from
 * each other: {@link Form} names them.
 *
 * @param form which of the published forms
 * @param layers interacting layers, at least 1; the paper uses 3
 * @param heads attention heads of a layer, at least 1; the paper uses 2
 * @param headDim values of a head (d' of the paper), at least 1; the paper uses 32
 * @param attentionDropout dropout rate of the attention weights, in [0, 1)
 * @param embeddingDropout dropout rate of the embeddings, in [0, 1)
 */
public record AutoInt(
    Form form, int layers, int heads, int headDim, double attentionDropout, double embeddingDropout)
    implements FieldNetwork {
  private static final double AUTHORS_EPSILON = 1e-8;
  private static final double FUXI_EPSILON = 1e-5;

  /** The published forms of the interacting layer. */
  public enum Form {
    /**
     * Equations 5 to 8 of the paper: plain projections, unscaled scores, {@code ReLU(attention +
     * W_res x)}. Where a layer keeps the width the residual is the input itself.
     */
    PAPER,
    /**
     * The authors' TensorFlow code: ReLU and bias on the query, key, value and residual
     * projections, scores scaled by {@code 1/sqrt(headDim)}, layer normalisation (epsilon 1e-8)
     * after the last ReLU.
     */
    AUTHORS,
    /**
     * FuxiCTR with {@code use_scale} and {@code layer_norm}: as the paper, but with scaled scores
     * and layer normalisation (epsilon 1e-5) before the ReLU.
     */
    FUXI_LN
  }

  public AutoInt {
    Objects.requireNonNull(form, "form");
    Rule.atLeast("layers", 1, layers);
    Rule.atLeast("heads", 1, heads);
    Rule.atLeast("headDim", 1, headDim);
    Rule.dropoutRate("attentionDropout", attentionDropout);
    Rule.dropoutRate("embeddingDropout", embeddingDropout);
  }

  /** The size of the paper's experiments (section 5.1.4), without dropout. */
  public static AutoInt ofPaper() {
    return new AutoInt(Form.PAPER, 3, 2, 32, 0, 0);
  }

  @Override
  public String name() {
    return "autoint";
  }

  @Override
  public Map<String, String> configuration() {
    return Options.of(this);
  }

  @Override
  public <T> T logit(TensorOps<T> ops, T fields, int count, int dim) {
    return attend(ops, ops.dropout(fields, embeddingDropout), count, dim);
  }

  /** The logit of fields that dropout has been applied to, {@code [batch, 1]}. */
  <T> T attend(TensorOps<T> ops, T fields, int count, int dim) {
    T attended = fields;
    int width = dim;
    for (int layer = 0; layer < layers; layer++) {
      attended = new Interacting<>(ops, "attention." + layer, count, width).apply(attended);
      width = heads * headDim;
    }
    T flat = ops.reshape(attended, BATCH, count * width);
    return Dense.affine(ops, "output", flat, count * width, 1);
  }

  /** One interacting layer: {@code [batch, tokens, width] -> [batch, tokens, heads * headDim]}. */
  private final class Interacting<T> {
    private final TensorOps<T> ops;
    private final String name;
    private final int tokens;
    private final int width;

    Interacting(TensorOps<T> ops, String name, int tokens, int width) {
      this.ops = ops;
      this.name = name;
      this.tokens = tokens;
      this.width = width;
    }

    T apply(T fields) {
      T sum = ops.add(attend(fields), residual(fields));
      return switch (form) {
        case PAPER -> ops.relu(sum);
        case AUTHORS -> layerNorm(ops.relu(sum), AUTHORS_EPSILON);
        case FUXI_LN -> ops.relu(layerNorm(sum, FUXI_EPSILON));
      };
    }

    private T attend(T fields) {
      T query = ops.transpose(split(project(fields, "query")), 0, 2, 1, 3);
      T key = ops.transpose(split(project(fields, "key")), 0, 2, 3, 1);
      T value = ops.transpose(split(project(fields, "value")), 0, 2, 1, 3);
      T scores = ops.matmul(query, key);
      if (form != Form.PAPER) {
        scores = ops.scale(scores, 1 / Math.sqrt(headDim));
      }
      T attention = ops.dropout(ops.softmax(scores), attentionDropout);
      T attended = ops.transpose(ops.matmul(attention, value), 0, 2, 1, 3);
      return ops.reshape(attended, BATCH, tokens, heads * headDim);
    }

    private T residual(T fields) {
      boolean keepsWidth = width == heads * headDim;
      return keepsWidth && form != Form.AUTHORS ? fields : project(fields, "residual");
    }

    private T project(T fields, String role) {
      String key = name + "." + role;
      int out = heads * headDim;
      T projected = ops.matmul(fields, ops.parameter(key + ".weight", XAVIER_UNIFORM, width, out));
      if (form != Form.AUTHORS) {
        return projected;
      }
      return ops.relu(ops.add(projected, ops.parameter(key + ".bias", ZEROS, out)));
    }

    private T split(T projected) {
      return ops.reshape(projected, BATCH, tokens, heads, headDim);
    }

    private T layerNorm(T tensor, double epsilon) {
      int out = heads * headDim;
      T gain = ops.parameter(name + ".norm.gain", ONES, out);
      T bias = ops.parameter(name + ".norm.bias", ZEROS, out);
      return ops.layerNorm(tensor, gain, bias, epsilon);
    }
  }
}
