package dev.millrace.features.table;

import dev.millrace.features.table.AvroField.Keyed;
import dev.millrace.features.table.AvroField.Plain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;

/**
 * The records of an Avro container file as rows. Records in records are flattened, with dots
 * between the names; a map has a column a key, and its keys come of a pass over the file ahead; an
 * array is a multi-valued cell, null an empty one. Bytes have no form as text and are refused.
 */
final class AvroRows implements BufferedRows {
  private static final int MAX_COLUMNS = 10_000;

  private final Path file;
  private final AvroBlocks blocks;
  private final List<String> columns = new ArrayList<>();
  private final List<Function<IndexedRecord, Object>> values = new ArrayList<>();
  private final RowBuffer row;

  /**
   * @param problems is told of each block that cannot be read in one line; may throw
   */
  AvroRows(Path file, Consumer<String> problems) throws IOException {
    this.file = file;
    this.blocks = new AvroBlocks(file, problems);
    try {
      List<AvroField> fields = AvroField.of(file.toString(), blocks.schema());
      Map<String, Set<String>> keys = keys(file, fields);
      fields.forEach(field -> addColumns(field, keys));
      checkColumns();
    } catch (IOException | RuntimeException e) {
      blocks.close();
      throw e;
    }
    this.row = new RowBuffer(columns.size());
  }

  /** Keys that the maps have in any record, by field. */
  private static Map<String, Set<String>> keys(Path file, List<AvroField> fields)
      throws IOException {
    List<Keyed> maps = new ArrayList<>();
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    for (AvroField field : fields) {
      if (field instanceof Keyed map) {
        maps.add(map);
        keys.put(map.name(), new TreeSet<>());
      }
    }
    if (maps.isEmpty()) {
      return keys;
    }
    // The second pass reports what cannot be read.
    try (AvroBlocks ahead = new AvroBlocks(file, problem -> {})) {
      for (IndexedRecord record; (record = ahead.next()) != null; ) {
        for (Keyed map : maps) {
          Set<String> found = keys.get(map.name());
          map.of(record).keySet().forEach(key -> found.add((String) key));
          RankingOptions.require(
              found.size() <= MAX_COLUMNS,
              file + ": " + map.name() + " must have at most " + MAX_COLUMNS + " keys",
              found.size());
        }
      }
    }
    return keys;
  }

  private void addColumns(AvroField field, Map<String, Set<String>> keys) {
    if (field instanceof Plain plain) {
      columns.add(plain.name());
      values.add(plain.value());
    } else if (field instanceof Keyed map) {
      for (String key : keys.get(map.name())) {
        columns.add(map.name() + "." + key);
        values.add(record -> map.of(record).get(key));
      }
    }
  }

  private void checkColumns() {
    Set<String> unique = new HashSet<>();
    for (String column : columns) {
      RankingOptions.require(
          unique.add(column), file + ": column names must be unique", column + " twice");
    }
  }

  @Override
  public String source() {
    return file.toString();
  }

  @Override
  public List<String> columns() {
    return List.copyOf(columns);
  }

  @Override
  public boolean next() throws IOException {
    IndexedRecord record = blocks.next();
    if (record == null) {
      return false;
    }
    row.clear();
    for (Function<IndexedRecord, Object> value : values) {
      row.add(value.apply(record));
    }
    return true;
  }

  @Override
  public RowBuffer row() {
    return row;
  }

  @Override
  public long malformed() {
    return blocks.malformed();
  }

  @Override
  public double progress() {
    return blocks.progress();
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
