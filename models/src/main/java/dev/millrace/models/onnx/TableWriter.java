package dev.millrace.models.onnx;

import static dev.millrace.models.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Optional;

/** Writes embedding tables: at some precision, inside of the graph or beside it. */
final class TableWriter {
  private static final String SCALES = ".scales";

  private final GraphWriter graph;
  private final TablePrecision precision;
  private final Optional<ExternalTables> external;

  /**
   * @param external receives the tables that are to lie beside the graph; empty for none
   */
  TableWriter(GraphWriter graph, TablePrecision precision, Optional<ExternalTables> external) {
    this.graph = graph;
    this.precision = precision;
    this.external = external;
  }

  /** Writes a table where that has not been done. */
  void write(String name, float[] values, int dim) {
    if (graph.has(name)) {
      return;
    }
    precision.requireStorable(name, values);
    TablePrecision stored = precision.at(dim);
    TableValues table = new TableValues(stored, values, dim);
    if (external.isPresent()) {
      graph.external(name, type(stored), table, OnnxModel.TABLES, external.get().add(table));
    } else {
      graph.table(name, type(stored), table);
    }
    if (stored == TablePrecision.INT8) {
      graph.floats(name + SCALES, table.scales(), table.rows(), 1);
    }
  }

  /** Looks rows up and widens them to float32. */
  String gather(String name, String rows, int dim) {
    String found = graph.node("Gather", List.of(), name, rows);
    return switch (precision.at(dim)) {
      case FLOAT32 -> found;
      case FLOAT16 -> widened(found);
      case INT8 -> {
        String scales = graph.node("Gather", List.of(), name + SCALES, rows);
        yield graph.node("Mul", List.of(), widened(found), scales);
      }
    };
  }

  private String widened(String tensor) {
    return graph.node("Cast", List.of(attribute("to", DataType.FLOAT.getNumber())), tensor);
  }

  private static DataType type(TablePrecision stored) {
    return switch (stored) {
      case FLOAT32 -> DataType.FLOAT;
      case FLOAT16 -> DataType.FLOAT16;
      case INT8 -> DataType.INT8;
    };
  }
}
