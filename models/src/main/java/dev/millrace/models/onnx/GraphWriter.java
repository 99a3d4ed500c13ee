package dev.millrace.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes nodes and initializers, and names what has no name. */
final class GraphWriter {
  private final GraphProto.Builder graph;
  private final Set<String> initializers = new HashSet<>();

  GraphWriter(GraphProto.Builder graph) {
    this.graph = graph;
  }

  /** Writes a node of one output and returns the output's name. */
  String node(String type, List<AttributeProto> attributes, String... inputs) {
    String name = type + "." + graph.getNodeCount();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(name)
            .addAllInput(Arrays.asList(inputs))
            .addOutput(name)
            .addAllAttribute(attributes));
    return name;
  }

  /** Gives a value the name of a graph output. */
  void output(String value, String name) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(value).addOutput(name));
  }

  /** Whether an initializer of this name is written. */
  boolean has(String name) {
    return initializers.contains(name);
  }

  /** Writes float32 values under a name. */
  void floats(String name, float[] values, int... shape) {
    ByteBuffer bytes = littleEndian(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    raw(name, DataType.FLOAT, bytes, shape);
  }

  /** Writes int32 values under a name. */
  void int32s(String name, int[] values) {
    ByteBuffer bytes = littleEndian(Math.multiplyExact(values.length, Integer.BYTES));
    bytes.asIntBuffer().put(values);
    raw(name, DataType.INT32, bytes, values.length);
  }

  /** Writes a table under a name. */
  void table(String name, DataType type, TableValues table) {
    ByteString.Output bytes = ByteString.newOutput(Math.toIntExact(table.bytes()));
    try {
      table.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory must be writable", e);
    }
    add(tensor(name, type, table.rows(), table.dim()).setRawData(bytes.toByteString()));
  }

  /** Refers to a table in a file beside the graph. */
  void external(String name, DataType type, TableValues table, String file, long offset) {
    add(
        tensor(name, type, table.rows(), table.dim())
            .setDataLocation(DataLocation.EXTERNAL)
            .addExternalData(entry("location", file))
            .addExternalData(entry("offset", Long.toString(offset)))
            .addExternalData(entry("length", Long.toString(table.bytes()))));
  }

  static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** Writes float32 values and names them. */
  String constant(float[] values, int... shape) {
    String name = "constant." + graph.getInitializerCount();
    floats(name, values, shape);
    return name;
  }

  /** Writes a list of int64, as operators take axes, indices and shapes, and names it. */
  String integers(int... values) {
    String name = "integers." + graph.getInitializerCount();
    ByteBuffer bytes = littleEndian(Math.multiplyExact(values.length, Long.BYTES));
    for (int value : values) {
      bytes.putLong(value);
    }
    raw(name, DataType.INT64, bytes.rewind(), values.length);
    return name;
  }

  static AttributeProto attribute(String name, int value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto attribute(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto attribute(String name, int... values) {
    AttributeProto.Builder list =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    Arrays.stream(values).forEach(list::addInts);
    return list.build();
  }

  private void raw(String name, DataType type, ByteBuffer bytes, int... shape) {
    // Without a copy: the buffer is not used again.
    add(tensor(name, type, shape).setRawData(UnsafeByteOperations.unsafeWrap(bytes)));
  }

  private static TensorProto.Builder tensor(String name, DataType type, int... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    Arrays.stream(shape).asLongStream().forEach(tensor::addDims);
    return tensor;
  }

  private void add(TensorProto.Builder tensor) {
    graph.addInitializer(tensor);
    initializers.add(tensor.getName());
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
