package dev.millrace.features.ranking;

/** How what two fields tell about the label goes together. */
public final class Interaction {
  private Interaction() {}

  /**
   * Conditional mutual information {@code I(A;Y|B) = I(A,B;Y) - I(B;Y)}: what A adds for one who
   * knows B, nats.
   *
   * @param given {@code I(B;Y)}
   * @param joint {@code I(A,B;Y)}
   */
  public static double conditionalNats(double given, double joint) {
    return joint - given;
  }

  /**
   * Interaction information {@code I(A;Y) + I(B;Y) - I(A,B;Y)}, nats. Negative is synergy: together
   * the two tell more than the sum of what each tells, as the halves of an XOR do. Positive is
   * redundancy: they tell the same, and a field with its own copy shows all of its information.
   */
  public static double nats(double first, double second, double joint) {
    return first + second - joint;
  }

  /**
   * Interaction information of three fields and the label, {@code I(A;Y) + I(B;Y) + I(C;Y) -
   * I(A,B;Y) - I(A,C;Y) - I(B,C;Y) + I(A,B,C;Y)}, nats: what is left when single fields and pairs
   * are accounted for. Positive is synergy here: with each field the sign of synergy turns.
   *
   * @param singles by field, {@code [3]}
   * @param pairs in any order, {@code [3]}
   */
  public static double nats(double[] singles, double[] pairs, double triple) {
    return singles[0] + singles[1] + singles[2] - pairs[0] - pairs[1] - pairs[2] + triple;
  }
}
