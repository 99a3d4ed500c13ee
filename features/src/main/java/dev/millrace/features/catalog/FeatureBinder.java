package dev.millrace.features.catalog;

import dev.millrace.features.catalog.FeatureException.Reason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the named values of records into rows by field ordinal, and refuses what does not fit. It
 * holds no state of its own, so threads may share it.
 *
 * <p>A categorical field takes a {@code String} or a {@code Long}; a numeric one a finite {@code
 * Double} or a {@code Long}; a multi-valued one a {@code List<String>}, of which it keeps the first
 * {@code maxValues}, or a single {@code String}. An empty list is a missing value.
 */
public final class FeatureBinder {
  private final FeatureCatalog catalog;
  private final List<Field> userIds;
  private final List<Field> itemIds;
  private final Group context;
  private final Group item;
  private final Group logged;
  private final Map<Entity, Group> streaming = new EnumMap<>(Entity.class);

  /** A binder of the fields of {@code catalog}. */
  public FeatureBinder(FeatureCatalog catalog) {
    this.catalog = catalog;
    this.userIds = fieldsFrom(Set.of(FieldSource.USER_ID));
    this.itemIds = fieldsFrom(Set.of(FieldSource.ITEM_ID));
    this.context = group(Set.of(FieldSource.CONTEXT));
    this.item = group(Set.of(FieldSource.ITEM));
    this.logged = group(Set.of(FieldSource.CONTEXT, FieldSource.ITEM, FieldSource.STREAMING));
    for (Entity entity : Entity.values()) {
      streaming.put(entity, streamingGroup(entity));
    }
  }

  /** A row in which every value is missing. */
  public Object[] newRow() {
    return new Object[catalog.fields().size()];
  }

  /**
   * Binds what all candidates of a request share; copy the row for each of them.
   *
   * @param streamingValues the user's streaming features, empty if there are none
   * @throws FeatureException if a value does not fit the catalogue
   */
  public void bindUser(
      Object[] row, String userId, Map<String, ?> contextValues, Map<String, ?> streamingValues) {
    bindId(row, userIds, userId);
    bind(row, context, contextValues);
    bind(row, streaming.get(Entity.USER), streamingValues);
  }

  /**
   * Binds what belongs to one candidate.
   *
   * @param streamingValues the item's streaming features, empty if there are none
   * @throws FeatureException if a value does not fit the catalogue
   */
  public void bindItem(
      Object[] row, String itemId, Map<String, ?> itemValues, Map<String, ?> streamingValues) {
    bindId(row, itemIds, itemId);
    bind(row, item, itemValues);
    bind(row, streaming.get(Entity.ITEM), streamingValues);
  }

  /**
   * The row of a logged impression.
   *
   * @param features values of every source but the ids, as {@link #toMap} gives them
   * @throws FeatureException if a value does not fit the catalogue
   */
  public Object[] bindLogged(String userId, String itemId, Map<String, ?> features) {
    Object[] row = newRow();
    bindId(row, userIds, userId);
    bindId(row, itemIds, itemId);
    bind(row, logged, features);
    return row;
  }

  /**
   * The values of a row by field name, for logging. Missing values are left out, and so are the ids
   * of user and item, which the record carries itself.
   */
  public Map<String, Object> toMap(Object[] row) {
    Map<String, Object> values = new HashMap<>();
    for (Field field : logged.fields) {
      if (row[field.ordinal()] != null) {
        values.put(field.name(), row[field.ordinal()]);
      }
    }
    return values;
  }

  private List<Field> fieldsFrom(Set<FieldSource> sources) {
    return catalog.fields().stream().filter(field -> sources.contains(field.source())).toList();
  }

  private Group group(Set<FieldSource> sources) {
    List<Field> fields = fieldsFrom(sources);
    return new Group(fields, fields.stream().map(Field::name).collect(Collectors.toSet()));
  }

  /** A streaming feature that no field uses is computed and sent all the same, and is no error. */
  private Group streamingGroup(Entity entity) {
    Set<String> defined =
        catalog.streaming().stream()
            .filter(feature -> feature.entity() == entity)
            .map(StreamingFeature::name)
            .collect(Collectors.toSet());
    List<Field> fields =
        fieldsFrom(Set.of(FieldSource.STREAMING)).stream()
            .filter(field -> defined.contains(field.name()))
            .toList();
    return new Group(fields, defined);
  }

  private static void bindId(Object[] row, List<Field> fields, String id) {
    for (Field field : fields) {
      row[field.ordinal()] = id;
    }
  }

  /**
   * Looks fields up in the map, not keys in the catalogue: the hashes of field names are cached.
   */
  private void bind(Object[] row, Group group, Map<String, ?> values) {
    int bound = 0;
    for (Field field : group.fields) {
      Object value = values.get(field.name());
      row[field.ordinal()] = value == null ? null : checked(field, value);
      bound += value == null ? 0 : 1;
    }
    if (bound != values.size()) {
      values.forEach((name, value) -> checkName(group, name, value));
    }
  }

  private void checkName(Group group, String name, Object value) {
    if (group.names.contains(name)) {
      return;
    }
    int ordinal = catalog.ordinal(name);
    if (ordinal < 0) {
      throw new FeatureException(
          Reason.UNKNOWN_FIELD, name, "be a field of catalogue " + catalog.name(), value);
    }
    FieldSource source = catalog.fields().get(ordinal).source();
    throw new FeatureException(
        Reason.WRONG_SOURCE, name, "come from " + Token.of(source) + " only", value);
  }

  private static Object checked(Field field, Object value) {
    return switch (field.kind()) {
      case CATEGORICAL -> {
        if (value instanceof String || value instanceof Long) {
          yield value;
        }
        throw wrongType(field, "be a string or a long", value);
      }
      case NUMERIC -> number(field, value);
      case MULTI_VALUED -> list(field, value);
    };
  }

  private static Object number(Field field, Object value) {
    if (value instanceof Double number) {
      if (!Double.isFinite(number)) {
        throw new FeatureException(Reason.NOT_FINITE, field.name(), "be finite", value);
      }
      return value;
    }
    if (value instanceof Long) {
      return value;
    }
    throw wrongType(field, "be a double or a long", value);
  }

  private static Object list(Field field, Object value) {
    if (value instanceof String) {
      return List.of(value);
    }
    if (!(value instanceof List<?> list)) {
      throw wrongType(field, "be a list of strings", value);
    }
    for (Object element : list) {
      if (!(element instanceof String)) {
        throw wrongType(field, "hold strings only", element);
      }
    }
    if (list.isEmpty()) {
      return null;
    }
    return list.size() <= field.maxValues()
        ? list
        : List.copyOf(list.subList(0, field.maxValues()));
  }

  private static FeatureException wrongType(Field field, String rule, Object value) {
    String found = value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    return new FeatureException(Reason.WRONG_TYPE, field.name(), rule, found);
  }

  /** Fields bound from one map, and the names that map may hold. */
  private record Group(List<Field> fields, Set<String> names) {}
}
