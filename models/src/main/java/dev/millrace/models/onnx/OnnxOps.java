package dev.millrace.models.onnx;

import static dev.millrace.models.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Initializer;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.network.RowMap;
import dev.millrace.models.network.TensorOps;
import java.util.List;
import java.util.Optional;

/** The interpreter that writes nodes; a tensor is the name of its value in the graph. */
final class OnnxOps implements TensorOps<String> {
  /** Where the rows of a cut table are stored, int32 {@code [layout.tableRows]}. */
  private static final String ROW_MAP = "rowMap";

  private final GraphWriter graph;
  private final TableWriter tables;
  private final Parameters parameters;
  private final Optional<RowMap> cut;
  private String storedRows;

  OnnxOps(GraphWriter graph, TableWriter tables, Parameters parameters, EmbeddingLayout layout) {
    this.graph = graph;
    this.tables = tables;
    this.parameters = parameters;
    this.cut = layout.cut();
  }

  @Override
  public String lookup(String table, Initializer initializer, int dim) {
    tables.write(table, parameters.values(table), dim);
    return tables.gather(table, storedRows(), dim);
  }

  /** The rows of the stored tables that the examples name. */
  private String storedRows() {
    if (storedRows == null) {
      storedRows = cut.map(this::mappedRows).orElse(OnnxSignature.ROWS);
    }
    return storedRows;
  }

  private String mappedRows(RowMap map) {
    graph.int32s(ROW_MAP, map.toArray());
    return node("Gather", ROW_MAP, OnnxSignature.ROWS);
  }

  @Override
  public String weights() {
    return OnnxSignature.WEIGHTS;
  }

  @Override
  public String parameter(String name, Initializer initializer, int... shape) {
    if (!graph.has(name)) {
      graph.floats(name, parameters.values(name), shape);
    }
    return name;
  }

  @Override
  public String constant(float[] values, int... shape) {
    return graph.constant(values, shape);
  }

  @Override
  public String matmul(String left, String right) {
    return node("MatMul", left, right);
  }

  @Override
  public String add(String left, String right) {
    return node("Add", left, right);
  }

  @Override
  public String mul(String left, String right) {
    return node("Mul", left, right);
  }

  @Override
  public String scale(String tensor, double factor) {
    return mul(tensor, scalar(factor));
  }

  @Override
  public String relu(String tensor) {
    return node("Relu", tensor);
  }

  @Override
  public String tanh(String tensor) {
    return node("Tanh", tensor);
  }

  @Override
  public String sigmoid(String tensor) {
    return node("Sigmoid", tensor);
  }

  @Override
  public String clip(String tensor, double least, double most) {
    return node("Clip", tensor, scalar(least), scalar(most));
  }

  @Override
  public String softmax(String tensor) {
    return graph.node("Softmax", List.of(attribute("axis", -1)), tensor);
  }

  @Override
  public String transpose(String tensor, int... axes) {
    return graph.node("Transpose", List.of(attribute("perm", axes)), tensor);
  }

  @Override
  public String reshape(String tensor, int... shape) {
    return node("Reshape", tensor, graph.integers(shape));
  }

  @Override
  public String concat(List<String> tensors, int axis) {
    return graph.node("Concat", List.of(attribute("axis", axis)), tensors.toArray(String[]::new));
  }

  @Override
  public String select(String tensor, int axis, int... indices) {
    List<AttributeProto> attributes = List.of(attribute("axis", axis));
    return graph.node("Gather", attributes, tensor, graph.integers(indices));
  }

  @Override
  public String sum(String tensor, int axis) {
    List<AttributeProto> attributes = List.of(attribute("keepdims", 0));
    return graph.node("ReduceSum", attributes, tensor, graph.integers(axis));
  }

  @Override
  public String convolve(String tensor, String kernel, String bias) {
    // What an even kernel pads more on one side goes below.
    return graph.node("Conv", List.of(attribute("auto_pad", "SAME_UPPER")), tensor, kernel, bias);
  }

  @Override
  public String maxPool(String tensor, int size, int padding) {
    List<AttributeProto> attributes =
        List.of(
            attribute("kernel_shape", size, 1),
            attribute("strides", size, 1),
            attribute("pads", padding, 0, padding, 0));
    return graph.node("MaxPool", attributes, tensor);
  }

  @Override
  public String batchNorm(String tensor, String name, double epsilon, double momentum) {
    return graph.node(
        "BatchNormalization",
        List.of(attribute("epsilon", epsilon)),
        tensor,
        vector(name + ".gain"),
        vector(name + ".bias"),
        vector(name + ".mean"),
        vector(name + ".variance"));
  }

  @Override
  public String layerNorm(String tensor, String gain, String bias, double epsilon) {
    List<AttributeProto> attributes = List.of(attribute("axis", -1), attribute("epsilon", epsilon));
    return graph.node("LayerNormalization", attributes, tensor, gain, bias);
  }

  @Override
  public String dropout(String tensor, double rate) {
    return tensor;
  }

  private String vector(String name) {
    return parameter(name, Initializer.ZEROS, parameters.values(name).length);
  }

  private String scalar(double value) {
    return graph.constant(new float[] {(float) value});
  }

  private String node(String type, String... inputs) {
    return graph.node(type, List.of(), inputs);
  }
}
