package dev.millrace.features.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** One object of a catalogue's YAML: knows its key path and which of its keys have been read. */
final class CatalogObject {
  private final String origin;
  private final String path;
  private final JsonNode node;
  private final Set<String> read = new HashSet<>();

  CatalogObject(String origin, String path, JsonNode node) {
    this.origin = origin;
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw new CatalogException(
          origin
              + ": "
              + (path.isEmpty() ? "the catalogue" : path)
              + " must be an object, found "
              + describe(node));
    }
  }

  String text(String key) {
    return scalar(key, "a text", JsonNode::isTextual, JsonNode::textValue);
  }

  int integer(String key) {
    return scalar(
        key, "an integer", n -> n.isIntegralNumber() && n.canConvertToInt(), JsonNode::intValue);
  }

  int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  double number(String key) {
    return scalar(key, "a number", JsonNode::isNumber, JsonNode::doubleValue);
  }

  List<Double> numbers(String key) {
    List<Double> numbers = new ArrayList<>();
    JsonNode list = list(key);
    for (int i = 0; i < list.size(); i++) {
      if (!list.get(i).isNumber()) {
        throw error(key + "[" + i + "] must be a number, found " + describe(list.get(i)));
      }
      numbers.add(list.get(i).doubleValue());
    }
    return numbers;
  }

  /** An object of integers by name. */
  SortedMap<String, Integer> integers(String key) {
    CatalogObject object = object(key);
    SortedMap<String, Integer> integers = new TreeMap<>();
    object.node.fieldNames().forEachRemaining(name -> integers.put(name, object.integer(name)));
    return integers;
  }

  CatalogObject object(String key) {
    return new CatalogObject(origin, pathOf(key), required(key));
  }

  Optional<CatalogObject> optionalObject(String key) {
    return has(key) ? Optional.of(object(key)) : Optional.empty();
  }

  List<CatalogObject> objects(String key) {
    List<CatalogObject> objects = new ArrayList<>();
    JsonNode list = list(key);
    for (int i = 0; i < list.size(); i++) {
      objects.add(new CatalogObject(origin, pathOf(key) + "[" + i + "]", list.get(i)));
    }
    return objects;
  }

  boolean has(String key) {
    read.add(key);
    return node.has(key);
  }

  /** Parses a text whose parser throws rules without a key. */
  <T> T parsed(String key, Function<String, T> parser) {
    String text = text(key);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new CatalogException(origin + ": " + pathOf(key) + " " + e.getMessage(), e);
    }
  }

  /** Builds what this object defines, after which no key may be left over. */
  <T> T build(Supplier<T> constructor) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!read.contains(key)) {
                throw error(
                    Excerpt.of(key)
                        + " must be a known key here, found it with value "
                        + describe(node.get(key)));
              }
            });
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw new CatalogException(origin + ": " + pathOf(e.getMessage()), e);
    }
  }

  CatalogException error(String keyAndRule) {
    return new CatalogException(origin + ": " + pathOf(keyAndRule));
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private JsonNode list(String key) {
    JsonNode list = required(key);
    if (!list.isArray()) {
      throw error(key + " must be a list, found " + describe(list));
    }
    return list;
  }

  private JsonNode required(String key) {
    if (!has(key)) {
      throw error(key + " must be given, found nothing");
    }
    return node.get(key);
  }

  private <T> T scalar(
      String key, String type, Function<JsonNode, Boolean> accepts, Function<JsonNode, T> value) {
    JsonNode found = required(key);
    if (!accepts.apply(found)) {
      throw error(key + " must be " + type + ", found " + describe(found));
    }
    return value.apply(found);
  }

  private static String describe(JsonNode found) {
    return switch (found.getNodeType()) {
      case STRING -> "the text " + Excerpt.of(found.textValue());
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case MISSING -> "nothing";
      default -> Excerpt.of(found);
    };
  }
}
