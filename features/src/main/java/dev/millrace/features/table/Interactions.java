package dev.millrace.features.table;

/**
 * Which fields are taken together.
 *
 * @param order 1 for none, 2 for pairs, 3 for pairs and triples
 * @param top only this many fields, those with the best scores, are paired; 0 for all
 */
public record Interactions(int order, int top) {

  /** No field is taken together with another. */
  public static final Interactions NONE = new Interactions(1, 0);

  /** The number of triples is cubic: without a bound of the user's they are of so many fields. */
  private static final int DEFAULT_TRIPLED = 20;

  public Interactions {
    RankingOptions.require(order >= 1 && order <= 3, "order must be 1, 2 or 3", order);
    RankingOptions.require(top == 0 || top >= order, "top must be >= order", top);
  }

  /** Most fields that are paired. */
  int paired() {
    return top == 0 ? Integer.MAX_VALUE : top;
  }

  /** Most fields that are taken by three. */
  int tripled() {
    return top == 0 ? DEFAULT_TRIPLED : top;
  }
}
