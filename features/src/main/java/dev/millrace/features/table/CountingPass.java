package dev.millrace.features.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The one pass over the rows: encodes cells, counts fields by label, and keeps codes if asked to.
 */
final class CountingPass {
  private static final int INITIAL_LABELS = 2;

  /** Rows that are encoded before they are counted; 64 KiB of codes a column. */
  private static final int BLOCK_ROWS = 1 << 14;

  /** Columns that a message names. */
  private static final int SHOWN_NAMES = 20;

  /** Characters of a name in a message. */
  private static final int SHOWN_CHARACTERS = 40;

  /** A label of more values is no class. */
  private static final int MAX_LABELS = 256;

  private final Rows rows;
  private final RankingOptions options;
  private final Progress progress;
  private final int labelColumn;
  private final int[] columns;
  private final List<FieldTable> fields = new ArrayList<>();
  private final NoiseControls controls;

  private final ValueDictionary labels = new ValueDictionary();
  private long[] labelRows = new long[MAX_LABELS];

  private final int[][] codes;
  private final int[] labelCodes = new int[BLOCK_ROWS];
  private final long[] keys = new long[BLOCK_ROWS];
  private long counted;

  private CountingPass(Rows rows, RankingOptions options, Progress progress) {
    this.rows = rows;
    this.options = options;
    this.progress = progress;
    List<String> names = rows.columns();
    labelColumn = names.indexOf(options.label());
    RankingOptions.require(
        labelColumn >= 0, "label must be one of the columns " + excerpt(names), options.label());
    for (String name : options.exclude()) {
      RankingOptions.require(names.contains(name), "exclude must name columns", name);
    }
    List<Integer> kept = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      if (column != labelColumn && !options.exclude().contains(names.get(column))) {
        kept.add(column);
        fields.add(new FieldTable(names.get(column), options.maxValues(), INITIAL_LABELS));
      }
    }
    columns = kept.stream().mapToInt(Integer::intValue).toArray();
    RankingOptions.require(
        columns.length > 0,
        rows.source() + ": must have columns beside the label and the excluded ones",
        "none");
    controls = new NoiseControls(options.derivations());
    controls
        .names()
        .forEach(name -> fields.add(new FieldTable(name, options.maxValues(), INITIAL_LABELS)));
    codes = new int[fields.size()][BLOCK_ROWS];
  }

  /** The first columns, so that a message stays one that can be read. */
  private static String excerpt(List<String> names) {
    String first =
        names.stream()
            .limit(SHOWN_NAMES)
            .map(name -> name.substring(0, Math.min(name.length(), SHOWN_CHARACTERS)))
            .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
            .collect(Collectors.joining(", "));
    int left = names.size() - SHOWN_NAMES;
    return "[" + first + (left > 0 ? " and " + left + " more]" : "]");
  }

  /**
   * Reads all rows.
   *
   * @param keepsCodes whether the codes are kept for a second look
   */
  static CountedTable over(Rows rows, RankingOptions options, boolean keepsCodes, Progress progress)
      throws IOException {
    CountingPass pass = new CountingPass(rows, options, progress);
    if (!keepsCodes) {
      pass.run(null);
      return pass.counted(Optional.empty());
    }
    ColumnFile file = new ColumnFile(pass.fields.size() + 1, BLOCK_ROWS);
    try {
      pass.run(file);
      return pass.counted(Optional.of(file));
    } catch (RuntimeException | IOException e) {
      file.close();
      throw e;
    }
  }

  private CountedTable counted(Optional<ColumnFile> file) {
    long[] byLabel = Arrays.copyOf(labelRows, labels.size());
    return new CountedTable(fields, labels, byLabel, counted, rows.malformed(), file);
  }

  private void run(ColumnFile file) throws IOException {
    int row = 0;
    while (rows.next()) {
      encode(row++);
      if (row == BLOCK_ROWS) {
        countBlock(row, file);
        row = 0;
      }
    }
    countBlock(row, file);
    if (counted == 0) {
      throw new TableException(rows.source() + ": must have rows, found none");
    }
  }

  private void encode(int row) {
    byte[] bytes = rows.bytes();
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      codes[i][row] = fields.get(i).encode(bytes, rows.start(column), rows.end(column));
    }
    labelCodes[row] = labels.code(bytes, rows.start(labelColumn), rows.end(labelColumn));
  }

  private void countBlock(int size, ColumnFile file) throws IOException {
    RankingOptions.require(
        labels.size() <= MAX_LABELS,
        options.label() + " is the label and must have at most " + MAX_LABELS + " distinct values",
        labels.size() + " in " + (counted + size) + " rows");
    SplittableRandom random = new SplittableRandom(counted);
    for (int row = 0; row < size; row++) {
      labelRows[labelCodes[row]]++;
      keys[row] = random.nextLong() | 1;
    }
    controls.encode(counted, size, fields, columns.length, codes);
    for (int i = 0; i < codes.length; i++) {
      fields.get(i).count(codes[i], labelCodes, labels.size(), keys, size);
    }
    if (file != null) {
      for (int i = 0; i < codes.length; i++) {
        file.append(i, codes[i], size, fields.get(i).values().size());
      }
      file.append(codes.length, labelCodes, size, labels.size());
    }
    counted = Math.addExact(counted, size);
    RankingOptions.require(counted <= Integer.MAX_VALUE, "rows must be < 2^31", counted);
    progress.at("reading", counted, rows.progress());
  }
}
