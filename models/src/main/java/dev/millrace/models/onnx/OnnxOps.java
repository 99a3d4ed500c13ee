package dev.millrace.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.millrace.models.network.Initializer;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.network.TensorOps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;

/** The interpreter that writes nodes; a tensor is the name of its value in the graph. */
final class OnnxOps implements TensorOps<String> {
  private final GraphProto.Builder graph;
  private final Parameters parameters;
  private final Set<String> written = new HashSet<>();

  OnnxOps(GraphProto.Builder graph, Parameters parameters) {
    this.graph = graph;
    this.parameters = parameters;
  }

  @Override
  public String lookup(String table, Initializer initializer, int dim) {
    int rows = parameters.values(table).length / dim;
    return node("Gather", parameter(table, initializer, rows, dim), OnnxSignature.ROWS);
  }

  @Override
  public String weights() {
    return OnnxSignature.WEIGHTS;
  }

  @Override
  public String parameter(String name, Initializer initializer, int... shape) {
    if (written.add(name)) {
      tensor(name, parameters.values(name), shape);
    }
    return name;
  }

  @Override
  public String constant(float[] values, int... shape) {
    String name = "constant." + graph.getInitializerCount();
    tensor(name, values, shape);
    return name;
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
    return mul(tensor, constant(new float[] {(float) factor}, 1));
  }

  @Override
  public String relu(String tensor) {
    return node("Relu", tensor);
  }

  @Override
  public String softmax(String tensor) {
    graph.addNode(newNode("Softmax", tensor).addAttribute(integer("axis", -1)));
    return last();
  }

  @Override
  public String transpose(String tensor, int... axes) {
    AttributeProto.Builder permutation =
        AttributeProto.newBuilder().setName("perm").setType(AttributeType.INTS);
    Arrays.stream(axes).asLongStream().forEach(permutation::addInts);
    graph.addNode(newNode("Transpose", tensor).addAttribute(permutation));
    return last();
  }

  @Override
  public String reshape(String tensor, int... shape) {
    String name = "shape." + graph.getInitializerCount();
    TensorProto.Builder target =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.INT64.getNumber())
            .addDims(shape.length);
    LongStream dimensions = Arrays.stream(shape).asLongStream();
    dimensions.forEach(target::addInt64Data);
    graph.addInitializer(target);
    return node("Reshape", tensor, name);
  }

  @Override
  public String layerNorm(String tensor, String gain, String bias, double epsilon) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder()
            .setName("epsilon")
            .setType(AttributeType.FLOAT)
            .setF((float) epsilon);
    graph.addNode(
        newNode("LayerNormalization", tensor, gain, bias)
            .addAttribute(integer("axis", -1))
            .addAttribute(attribute));
    return last();
  }

  @Override
  public String dropout(String tensor, double rate) {
    return tensor;
  }

  String sigmoid(String tensor) {
    return node("Sigmoid", tensor);
  }

  /** Gives a value the name of a graph output. */
  void output(String value, String name) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(value).addOutput(name));
  }

  private String node(String type, String... inputs) {
    graph.addNode(newNode(type, inputs));
    return last();
  }

  private NodeProto.Builder newNode(String type, String... inputs) {
    String name = type + "." + graph.getNodeCount();
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(name)
        .addAllInput(Arrays.asList(inputs))
        .addOutput(name);
  }

  private String last() {
    return graph.getNode(graph.getNodeCount() - 1).getOutput(0);
  }

  private void tensor(String name, float[] values, int... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT.getNumber())
            .setRawData(littleEndian(values));
    Arrays.stream(shape).asLongStream().forEach(tensor::addDims);
    graph.addInitializer(tensor);
  }

  private static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value);
  }

  private static ByteString littleEndian(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }
}
