package dev.millrace.models.data;

import java.util.Arrays;
import java.util.Set;

/**
 * How much of the rows each part gets.
 *
 * @param training above 0
 * @param validation at least 0
 * @param test at least 0; the three add up to 1
 */
public record Shares(double training, double validation, double test) {
  /** Eight to one to one, as the papers have it. */
  public static final Shares DEFAULT = new Shares(0.8, 0.1, 0.1);

  private static final double ROUNDING = 1e-9;

  /**
   * @throws IllegalArgumentException with the rule and the shares found
   */
  public Shares {
    boolean inRange = training > 0 && validation >= 0 && test >= 0;
    if (!inRange || !(Math.abs(training + validation + test - 1) <= ROUNDING)) {
      throw new IllegalArgumentException(
          "split must be shares >= 0 that add up to 1, the first above 0, found %s,%s,%s"
              .formatted(training, validation, test));
    }
  }

  /**
   * Reads shares as they are written on a command line.
   *
   * @param text such as {@code 0.8,0.1,0.1}
   * @throws IllegalArgumentException with the rule and the text found
   */
  public static Shares parse(String text) {
    double[] shares;
    try {
      shares = Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "split must be three numbers like 0.8,0.1,0.1, found " + text, e);
    }
    if (shares.length != 3) {
      throw new IllegalArgumentException(
          "split must be three numbers like 0.8,0.1,0.1, found " + text);
    }
    return new Shares(shares[0], shares[1], shares[2]);
  }

  /** The shares of the other parts where some have rows of their own; they keep their ratio. */
  Shares without(Set<Part> parts) {
    double ofValidation = parts.contains(Part.VALIDATION) ? 0 : validation;
    double ofTest = parts.contains(Part.TEST) ? 0 : test;
    double sum = training + ofValidation + ofTest;
    return new Shares(training / sum, ofValidation / sum, ofTest / sum);
  }
}
