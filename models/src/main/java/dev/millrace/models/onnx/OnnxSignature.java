package dev.millrace.models.onnx;

import dev.millrace.models.bundle.TensorSpec;
import dev.millrace.models.network.EmbeddingLayout;
import java.util.List;

/** Names, types and shapes of what an exported network takes and gives; the batch is dynamic. */
public final class OnnxSignature {
  /** Row of each lookup, int32 {@code [batch, lookups]}. */
  public static final String ROWS = "rows";

  /** Weight of each lookup, float32 {@code [batch, lookups]}; an input of weighted layouts only. */
  public static final String WEIGHTS = "weights";

  /** Log odds of a click, float32 {@code [batch]}. */
  public static final String LOGIT = "logit";

  /** Probability of a click, float32 {@code [batch]}. */
  public static final String PROBABILITY = "probability";

  static final String INT32 = "int32";
  static final String FLOAT32 = "float32";

  private OnnxSignature() {}

  /** The inputs of a network over this layout. */
  public static List<TensorSpec> inputs(EmbeddingLayout layout) {
    List<Integer> shape = List.of(TensorSpec.DYNAMIC, layout.lookups());
    TensorSpec rows = new TensorSpec(ROWS, INT32, shape);
    return layout.weighted()
        ? List.of(rows, new TensorSpec(WEIGHTS, FLOAT32, shape))
        : List.of(rows);
  }

  /** The outputs of every network. */
  public static List<TensorSpec> outputs() {
    List<Integer> shape = List.of(TensorSpec.DYNAMIC);
    return List.of(
        new TensorSpec(PROBABILITY, FLOAT32, shape), new TensorSpec(LOGIT, FLOAT32, shape));
  }
}
