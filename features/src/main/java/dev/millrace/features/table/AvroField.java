package dev.millrace.features.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * A field of Avro records, with the names of the records around it before its own and dots between.
 * Null where a record around it is null.
 */
sealed interface AvroField {

  /** Its name, unique among the fields. */
  String name();

  /** One column: a number, a boolean, text, an enum, or an array of these. */
  record Plain(String name, Function<IndexedRecord, Object> value) implements AvroField {}

  /** One column a key; the keys are not known of the schema. */
  record Keyed(String name, Function<IndexedRecord, Object> value) implements AvroField {

    /** The map of a record, empty where it is null. */
    Map<?, ?> of(IndexedRecord row) {
      Object map = value.apply(row);
      return map == null ? Map.of() : (Map<?, ?>) map;
    }
  }

  /**
   * The fields of a record and of the records in it.
   *
   * @param source shown in messages
   * @throws TableException if a field has no form as cells
   */
  static List<AvroField> of(String source, Schema schema) {
    RankingOptions.require(
        schema.getType() == Schema.Type.RECORD, source + ": must hold records", schema.getType());
    List<AvroField> fields = new ArrayList<>();
    new Flattener(source, fields).addRecord("", schema, row -> row);
    return List.copyOf(fields);
  }

  /** Walks down a schema. */
  final class Flattener {
    private static final Set<Schema.Type> PLAIN =
        Set.of(
            Schema.Type.BOOLEAN,
            Schema.Type.DOUBLE,
            Schema.Type.ENUM,
            Schema.Type.FLOAT,
            Schema.Type.INT,
            Schema.Type.LONG,
            Schema.Type.NULL,
            Schema.Type.STRING);

    private final String source;
    private final List<AvroField> fields;
    private final Set<String> around = new HashSet<>();

    private Flattener(String source, List<AvroField> fields) {
      this.source = source;
      this.fields = fields;
    }

    private void addRecord(String prefix, Schema schema, Function<IndexedRecord, Object> value) {
      RankingOptions.require(
          around.add(schema.getFullName()),
          source + ": records must not hold themselves",
          schema.getFullName());
      for (Schema.Field field : schema.getFields()) {
        int position = field.pos();
        add(prefix + field.name(), field.schema(), row -> get(value.apply(row), position));
      }
      around.remove(schema.getFullName());
    }

    private static Object get(Object holder, int position) {
      return holder == null ? null : ((IndexedRecord) holder).get(position);
    }

    private void add(String name, Schema declared, Function<IndexedRecord, Object> value) {
      Schema schema = withoutNull(declared);
      if (schema.getType() == Schema.Type.RECORD) {
        addRecord(name + ".", schema, value);
      } else if (schema.getType() == Schema.Type.MAP) {
        requireCell(name, schema.getValueType());
        fields.add(new Keyed(name, value));
      } else {
        requireCell(name, schema);
        fields.add(new Plain(name, value));
      }
    }

    private static Schema withoutNull(Schema schema) {
      if (!schema.isNullable() || !schema.isUnion()) {
        return schema;
      }
      List<Schema> others =
          schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
      return others.size() == 1 ? others.get(0) : Schema.createUnion(others);
    }

    private void requireCell(String name, Schema schema) {
      if (schema.isUnion()) {
        schema.getTypes().forEach(type -> requireCell(name, type));
        return;
      }
      boolean isArray = schema.getType() == Schema.Type.ARRAY;
      List<Schema> values = isArray ? types(schema.getElementType()) : List.of(schema);
      for (Schema type : values) {
        RankingOptions.require(
            PLAIN.contains(type.getType()),
            source + ": " + name + " must be numbers, booleans, text, enums, or arrays of them",
            type.getType().getName());
      }
    }

    private static List<Schema> types(Schema schema) {
      return schema.isUnion() ? schema.getTypes() : List.of(schema);
    }
  }
}
