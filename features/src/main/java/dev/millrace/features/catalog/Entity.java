package dev.millrace.features.catalog;

/** Whose events a streaming feature counts. */
public enum Entity {
  USER,
  ITEM;

  /** The name that records carry: {@code user} or {@code item}. */
  public String token() {
    return Token.of(this);
  }

  /**
   * The entity that records call {@code token}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Entity ofToken(String token) {
    try {
      return Token.parse(Entity.class, token);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("entity " + e.getMessage(), e);
    }
  }
}
