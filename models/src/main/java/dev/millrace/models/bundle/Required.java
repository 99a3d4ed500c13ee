package dev.millrace.models.bundle;

/** Rules of what a bundle's documents must state; JSON leaves out what it likes. */
final class Required {
  private Required() {}

  static <T> T value(String key, T found) {
    if (found == null) {
      throw new IllegalArgumentException(key + " must be given, found none");
    }
    return found;
  }

  static void text(String key, String found) {
    if (value(key, found).isBlank()) {
      throw new IllegalArgumentException(key + " must not be blank, found '" + found + "'");
    }
  }
}
