package dev.millrace.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.millrace.models.bundle.TensorSpec;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.network.TensorOps;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a trained network as one ONNX file: operator set 18, embedding tables inside.
 *
 * <p>The same network, parameters and metadata give the same bytes. Inputs and outputs are those of
 * {@link OnnxSignature}.
 */
public final class OnnxExport {
  private static final int OPERATOR_SET = 18;

  /** The file format of the ONNX release (1.13) that brought operator set 18. */
  private static final int IR_VERSION = 8;

  /** The most that a protobuf message, and with it an ONNX file, can hold. */
  private static final long MAX_BYTES = Integer.MAX_VALUE;

  /** Upper bound of nodes, names and metadata. */
  private static final long STRUCTURE_BYTES = 1 << 20;

  private static final String BATCH = "batch";

  private OnnxExport() {}

  /**
   * Exports a network.
   *
   * @param metadata provenance that travels in the file as {@code metadata_props}
   * @return the ONNX file
   * @throws IllegalArgumentException when the parameters are not the network's, or too large for
   *     one file
   */
  public static byte[] export(
      Network network,
      EmbeddingLayout layout,
      Parameters parameters,
      Map<String, String> metadata) {
    List<ParameterSpec> declared = ParameterSpec.declaredBy(network, layout);
    requireFits(declared);
    parameters.requireDeclared(declared);
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("millrace")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .setGraph(graph(network, layout, parameters));
    new TreeMap<>(metadata).forEach((key, value) -> model.addMetadataProps(entry(key, value)));
    return model.build().toByteArray();
  }

  private static void requireFits(List<ParameterSpec> declared) {
    long bytes = STRUCTURE_BYTES;
    for (ParameterSpec spec : declared) {
      bytes += spec.size() * Float.BYTES;
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "parameters must fit an ONNX file of %d bytes, found %d".formatted(MAX_BYTES, bytes));
    }
  }

  private static GraphProto graph(Network network, EmbeddingLayout layout, Parameters parameters) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name());
    OnnxSignature.inputs(layout).forEach(input -> graph.addInput(valueInfo(input)));
    OnnxSignature.outputs().forEach(output -> graph.addOutput(valueInfo(output)));
    OnnxOps ops = new OnnxOps(graph, parameters);
    String logit = ops.reshape(network.logit(ops, layout), TensorOps.BATCH);
    ops.output(logit, OnnxSignature.LOGIT);
    ops.output(ops.sigmoid(logit), OnnxSignature.PROBABILITY);
    return graph.build();
  }

  private static ValueInfoProto valueInfo(TensorSpec spec) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int dimension : spec.shape()) {
      if (dimension == TensorSpec.DYNAMIC) {
        shape.addDimBuilder().setDimParam(BATCH);
      } else {
        shape.addDimBuilder().setDimValue(dimension);
      }
    }
    boolean integer = spec.dtype().equals(OnnxSignature.INT32);
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType((integer ? DataType.INT32 : DataType.FLOAT).getNumber())
            .setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(spec.name())
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
