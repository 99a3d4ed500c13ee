package dev.millrace.serving;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** Models of a few nodes that no training gives. All take rows, and weights where they say so. */
final class Graphs {

  private Graphs() {}

  /** Sums up the rows of an example and multiplies: 0 times the sum scores all examples 0.5. */
  static byte[] sigmoidOfRows(float factor) {
    return model(
        graph("rows", DataType.INT32, "probability", DataType.FLOAT)
            .addNode(cast("rows", "real", DataType.FLOAT))
            .addInitializer(scalar("factor", factor))
            .addNode(node("Mul", "scaled", "real", "factor"))
            .addNode(node("ReduceSum", "sum", "scaled", "axis").addAttribute(flag("keepdims", 0)))
            .addInitializer(axis(1))
            .addNode(node("Sigmoid", "probability", "sum")));
  }

  /** The square root of 8 less the sum of the rows, which is no number above. */
  static byte[] rootOfRows() {
    return model(
        graph("rows", DataType.INT32, "probability", DataType.FLOAT)
            .addNode(cast("rows", "real", DataType.FLOAT))
            .addNode(node("ReduceSum", "sum", "real", "axis").addAttribute(flag("keepdims", 0)))
            .addInitializer(axis(1))
            .addInitializer(scalar("eight", 8))
            .addNode(node("Sub", "left", "eight", "sum"))
            .addNode(node("Sqrt", "root", "left"))
            .addInitializer(scalar("eighth", 0.125f))
            .addNode(node("Mul", "probability", "root", "eighth")));
  }

  /** One value for the whole batch. */
  static byte[] oneForAll() {
    return model(
        graph("rows", DataType.INT32, "probability", DataType.FLOAT)
            .addNode(cast("rows", "real", DataType.FLOAT))
            .addNode(node("ReduceMax", "most", "real").addAttribute(flag("keepdims", 0)))
            .addNode(node("Sigmoid", "sure", "most"))
            .addInitializer(axis(0))
            .addNode(node("Unsqueeze", "probability", "sure", "axis")));
  }

  /** Sums up an input into an output, both of whatever name and type. */
  static byte[] sum(String input, DataType inputType, String output, DataType outputType) {
    return model(
        graph(input, inputType, output, outputType)
            .addNode(cast(input, "real", DataType.FLOAT))
            .addNode(node("ReduceSum", "sum", "real", "axis").addAttribute(flag("keepdims", 0)))
            .addInitializer(axis(1))
            .addNode(cast("sum", output, outputType)));
  }

  private static GraphProto.Builder graph(
      String input, DataType inputType, String output, DataType outputType) {
    return GraphProto.newBuilder()
        .setName("test")
        .addInput(value(input, inputType, "batch", "lookups"))
        .addOutput(value(output, outputType, "batch"));
  }

  private static byte[] model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, DataType type, String... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String dimension : dimensions) {
      shape.addDimBuilder().setDimParam(dimension);
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node;
  }

  private static NodeProto.Builder cast(String input, String output, DataType type) {
    return node("Cast", output, input).addAttribute(flag("to", type.getNumber()));
  }

  private static AttributeProto.Builder flag(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value);
  }

  private static TensorProto scalar(String name, float value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(DataType.FLOAT.getNumber())
        .addFloatData(value)
        .build();
  }

  private static TensorProto axis(long axis) {
    return TensorProto.newBuilder()
        .setName("axis")
        .setDataType(DataType.INT64.getNumber())
        .addDims(1)
        .addInt64Data(axis)
        .build();
  }
}
