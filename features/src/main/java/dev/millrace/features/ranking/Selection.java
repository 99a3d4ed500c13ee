package dev.millrace.features.ranking;

import java.util.List;

/**
 * Fields in the order in which a method would take them into a model.
 *
 * @param method {@code jmi} or {@code 3mr}
 * @param steps first the field taken first
 */
public record Selection(String method, List<Step> steps) {

  public Selection {
    steps = List.copyOf(steps);
  }

  /**
   * A field taken.
   *
   * @param value of the method's criterion when it was taken
   */
  public record Step(String feature, double value) {}
}
