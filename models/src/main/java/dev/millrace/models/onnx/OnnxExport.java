package dev.millrace.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
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
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes a trained network as an ONNX graph of operator set 18, its embedding tables inside or
 * beside it.
 *
 * <p>The same network, parameters, options and metadata give the same bytes. Inputs and outputs are
 * those of {@link OnnxSignature}.
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
   * Exports a network in one file.
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
    return export(network, layout, parameters, OnnxOptions.DEFAULT, metadata).graph();
  }

  /**
   * Exports a network.
   *
   * @param metadata provenance that travels in the graph as {@code metadata_props}
   * @throws IllegalArgumentException when the parameters are not the network's, or too large for
   *     the graph
   */
  public static OnnxModel export(
      Network network,
      EmbeddingLayout layout,
      Parameters parameters,
      OnnxOptions options,
      Map<String, String> metadata) {
    List<ParameterSpec> declared = ParameterSpec.declaredBy(network, layout);
    requireFits(declared, layout, options);
    parameters.requireDeclared(declared);
    Optional<ExternalTables> external =
        options.externalTables() ? Optional.of(new ExternalTables()) : Optional.empty();
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("millrace")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .setGraph(graph(network, layout, parameters, options, external));
    new TreeMap<>(metadata)
        .forEach((key, value) -> model.addMetadataProps(GraphWriter.entry(key, value)));
    return new OnnxModel(model.build().toByteArray(), external.map(tables -> tables));
  }

  private static void requireFits(
      List<ParameterSpec> declared, EmbeddingLayout layout, OnnxOptions options) {
    long bytes = STRUCTURE_BYTES;
    if (layout.cut().isPresent()) {
      bytes += (long) layout.tableRows() * Integer.BYTES;
    }
    for (ParameterSpec spec : declared) {
      bytes += bytesInside(spec, options);
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "parameters inside of an ONNX graph must take <= %d bytes, found %d"
              .formatted(MAX_BYTES, bytes));
    }
  }

  private static long bytesInside(ParameterSpec spec, OnnxOptions options) {
    if (spec.role() != ParameterSpec.Role.TABLE) {
      return spec.size() * Float.BYTES;
    }
    int rows = spec.shape().get(0);
    int dim = spec.shape().get(1);
    return options.externalTables()
        ? options.precision().scaleBytes(rows, dim)
        : options.precision().storedBytes(rows, dim);
  }

  private static GraphProto graph(
      Network network,
      EmbeddingLayout layout,
      Parameters parameters,
      OnnxOptions options,
      Optional<ExternalTables> external) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name());
    OnnxSignature.inputs(layout).forEach(input -> graph.addInput(valueInfo(input)));
    OnnxSignature.outputs().forEach(output -> graph.addOutput(valueInfo(output)));
    GraphWriter writer = new GraphWriter(graph);
    TableWriter tables = new TableWriter(writer, options.precision(), external);
    OnnxOps ops = new OnnxOps(writer, tables, parameters, layout);
    String logit = network.logit(ops, layout);
    String probability = options.calibration().probability(ops, logit);
    writer.output(ops.reshape(logit, TensorOps.BATCH), OnnxSignature.LOGIT);
    writer.output(ops.reshape(probability, TensorOps.BATCH), OnnxSignature.PROBABILITY);
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
}
