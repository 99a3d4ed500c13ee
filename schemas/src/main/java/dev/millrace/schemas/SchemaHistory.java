package dev.millrace.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The versions of a schema that were ever committed, kept as resources {@code
 * history/<record>/<version>.avsc}, numbered from 1. Topics and savepoints may hold records of any
 * of them.
 */
public final class SchemaHistory {

  private SchemaHistory() {}

  /**
   * All versions of a record, oldest first.
   *
   * @param record simple name of the record, for example {@code Impression}
   */
  public static List<Schema> versions(String record) {
    List<Schema> versions = new ArrayList<>();
    try {
      for (int version = 1; ; version++) {
        try (InputStream in = open(record, version)) {
          if (in == null) {
            return List.copyOf(versions);
          }
          versions.add(new Schema.Parser().parse(in));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the schema history of " + record, e);
    }
  }

  private static InputStream open(String record, int version) {
    return SchemaHistory.class.getResourceAsStream("history/%s/%d.avsc".formatted(record, version));
  }
}
