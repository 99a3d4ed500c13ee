package dev.millrace.models.evaluate;

import java.util.SplittableRandom;

/** Scores drawn by a seed, with ties, of a click rate of about a third. */
final class RandomScores {
  private RandomScores() {}

  /**
   * @param skill how much of a row's true probability the model sees, in [0, 1]
   * @param levels distinct probabilities
   */
  static Scores ungrouped(long seed, int rows, double skill, int levels) {
    return draw(Scores.ungrouped(), seed, rows, 0, skill, levels);
  }

  static Scores grouped(long seed, int rows, int groups, double skill, int levels) {
    return draw(Scores.grouped(), seed, rows, groups, skill, levels);
  }

  /** Labels and groups depend on the seed alone, so that scores of two skills are comparable. */
  private static Scores draw(
      Scores scores, long seed, int rows, int groups, double skill, int levels) {
    SplittableRandom truth = new SplittableRandom(seed);
    SplittableRandom noise = new SplittableRandom(seed * 31 + Double.hashCode(skill));
    for (int row = 0; row < rows; row++) {
      double probability = truth.nextDouble() * 2 / 3;
      float label = truth.nextDouble() < probability ? 1 : 0;
      double seen = skill * probability + (1 - skill) * noise.nextDouble();
      float score = (float) (Math.rint(seen * (levels - 1)) / (levels - 1));
      if (scores.isGrouped()) {
        scores.add(score, label, truth.nextInt(groups) * 0x9E3779B97F4A7C15L);
      } else {
        scores.add(score, label);
      }
    }
    return scores;
  }
}
