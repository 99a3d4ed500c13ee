package dev.millrace.features.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Spelling of enum constants in a catalogue: {@code USER_ID} is {@code user-id}. */
final class Token {
  private Token() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E parse(Class<E> type, String token) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(token)) {
        return constant;
      }
    }
    String allowed =
        Arrays.stream(type.getEnumConstants()).map(Token::of).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("must be one of " + allowed + ", found " + token);
  }
}
