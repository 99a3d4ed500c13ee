package dev.millrace.models.onnx;

import dev.millrace.models.bundle.BundleWriter;
import java.util.Optional;

/** An exported network: the ONNX file, and its embedding tables where they lie outside of it. */
public final class OnnxModel {
  /** Name of the file of embedding tables, which the graph refers to. */
  public static final String TABLES = "model.tables";

  private final byte[] graph;
  private final Optional<BundleWriter.Content> tables;

  OnnxModel(byte[] graph, Optional<BundleWriter.Content> tables) {
    this.graph = graph;
    this.tables = tables;
  }

  /** The ONNX file, shared: it may take most of the memory. */
  public byte[] graph() {
    return graph;
  }

  /** The file {@link #TABLES} beside it; empty if the tables lie in the graph. */
  public Optional<BundleWriter.Content> tables() {
    return tables;
  }
}
