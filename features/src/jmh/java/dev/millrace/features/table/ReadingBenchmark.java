package dev.millrace.features.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds a cell, of cells of some five bytes: looking at the bytes, splitting them, encoding.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadingBenchmark {
  private static final int ROWS = 20_000;
  private static final int COLUMNS = 30;
  private static final int CELLS = ROWS * COLUMNS;

  private byte[] text;

  /** Columns of 2 to 30,000 values. */
  @Setup
  public void write() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder csv = new StringBuilder();
    for (int row = -1; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        int values = 2 << (column / 2);
        csv.append(column == 0 ? "" : ",")
            .append(row < 0 ? "column" + column : column + "_" + random.nextInt(values));
      }
      csv.append('\n');
    }
    text = csv.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The floor: one look at each byte. */
  @Benchmark
  @OperationsPerInvocation(CELLS)
  public int lookAtBytes() {
    int delimiters = 0;
    for (byte b : text) {
      delimiters += (b == ',' || b == '\n') ? 1 : 0;
    }
    return delimiters;
  }

  /** Rows of cells. */
  @Benchmark
  @OperationsPerInvocation(CELLS)
  public long split() throws IOException {
    long bytes = 0;
    try (Rows rows = rows()) {
      while (rows.next()) {
        bytes += rows.end(COLUMNS - 1) - rows.start(0);
      }
    }
    return bytes;
  }

  /** Rows of cells, each looked up in the dictionary of its column. */
  @Benchmark
  @OperationsPerInvocation(CELLS)
  public long splitAndEncode() throws IOException {
    ValueDictionary[] values = new ValueDictionary[COLUMNS];
    for (int column = 0; column < COLUMNS; column++) {
      values[column] = new ValueDictionary();
    }
    long codes = 0;
    try (Rows rows = rows()) {
      while (rows.next()) {
        for (int column = 0; column < COLUMNS; column++) {
          codes += values[column].code(rows.bytes(), rows.start(column), rows.end(column));
        }
      }
    }
    return codes;
  }

  private Rows rows() throws IOException {
    return new DelimitedRows(
        "rows", new ByteArrayInputStream(text), ',', List.of(), () -> -1, problem -> {});
  }
}
