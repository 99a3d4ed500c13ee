package dev.millrace.models.bundle;

import java.util.List;

/**
 * An input or output of a model.
 *
 * @param name of the tensor in the model
 * @param dtype element type: {@code int32} or {@code float32}
 * @param shape outermost dimension first, {@link #DYNAMIC} for the batch
 */
public record TensorSpec(String name, String dtype, List<Integer> shape) {
  /** A dimension that each call chooses. */
  public static final int DYNAMIC = -1;

  public TensorSpec {
    Required.text("name", name);
    Required.text("dtype", dtype);
    shape = List.copyOf(Required.value("shape", shape));
  }
}
