package dev.millrace.models.network;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of a network as text: the components of its record, so that none is forgotten.
 *
 * <p>An option is an int, a double, a boolean, a constant of an enum, a list of ints or a
 * classifier, whose own options follow its name and a dot. A component that is a record stands for
 * the options in it.
 */
final class Options {
  private static final String LIST_SEPARATOR = ",";

  private Options() {}

  /** The options of a record by name, in its order; {@link #apply} reads them back. */
  static Map<String, String> of(Record record) {
    Map<String, String> options = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(record, component);
      if (value instanceof Record inner && !isClassifier(component)) {
        options.putAll(of(inner));
      } else {
        options.put(component.getName(), text(value));
      }
      if (isClassifier(component)) {
        String prefix = component.getName() + ".";
        ((Classifier) value)
            .configuration()
            .forEach((name, option) -> options.put(prefix + name, option));
      }
    }
    return options;
  }

  /**
   * The record with some options changed.
   *
   * @throws IllegalArgumentException when an option is unknown, malformed or out of range
   */
  static <R> R apply(R defaults, Map<String, String> options) {
    Record applied = apply((Record) defaults, "", options);
    Set<String> known = of(applied).keySet();
    for (String option : options.keySet()) {
      if (!known.contains(option)) {
        String rule =
            known.isEmpty() ? "there must be no option" : "option must be one of " + known;
        throw new IllegalArgumentException(rule + ", found " + option);
      }
    }
    @SuppressWarnings("unchecked")
    R same = (R) applied;
    return same;
  }

  private static Record apply(Record defaults, String prefix, Map<String, String> options) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      Object value = value(defaults, components[i]);
      String key = prefix + components[i].getName();
      String text = options.get(key);
      if (isClassifier(components[i])) {
        Classifier chosen = text == null ? (Classifier) value : Networks.classifier(key, text);
        values[i] = apply((Record) chosen, key + ".", options);
      } else if (value instanceof Record inner) {
        values[i] = apply(inner, prefix, options);
      } else {
        values[i] = text == null ? value : parse(key, components[i].getType(), text.strip());
      }
    }
    return create(defaults.getClass(), components, values);
  }

  private static boolean isClassifier(RecordComponent component) {
    return component.getType() == Classifier.class;
  }

  /** A value as options have it: {@code FUXI_LN} is {@code fuxi-ln}. */
  static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Object::toString).collect(Collectors.joining(LIST_SEPARATOR));
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return value instanceof Classifier classifier ? classifier.name() : value.toString();
  }

  private static Object parse(String key, Class<?> type, String text) {
    if (type == int.class) {
      return parseInt(key, text);
    }
    if (type == double.class) {
      return parseDouble(key, text);
    }
    if (type == boolean.class) {
      return oneOf(key, text, true, false);
    }
    if (type == List.class) {
      return parseList(key, text);
    }
    return oneOf(key, text, type.getEnumConstants());
  }

  private static int parseInt(String key, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " must be an integer, found '" + text + "'", e);
    }
  }

  private static double parseDouble(String key, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " must be a number, found '" + text + "'", e);
    }
  }

  /** Integers between commas; the empty text is the empty list. */
  private static List<Integer> parseList(String key, String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    try {
      return Arrays.stream(text.split(LIST_SEPARATOR, -1))
          .map(item -> Integer.valueOf(item.strip()))
          .toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          key + " must be integers between commas, found '" + text + "'", e);
    }
  }

  private static Object oneOf(String key, String text, Object... choices) {
    String normal = text.toLowerCase(Locale.ROOT).replace('_', '-');
    for (Object choice : choices) {
      if (text(choice).equals(normal)) {
        return choice;
      }
    }
    List<String> known = Arrays.stream(choices).map(Options::text).toList();
    throw new IllegalArgumentException(
        "%s must be one of %s, found '%s'".formatted(key, known, text));
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " must be readable", e);
    }
  }

  private static Record create(
      Class<? extends Record> type, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(type + " must be made or refused", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " must have its canonical constructor", e);
    }
  }
}
