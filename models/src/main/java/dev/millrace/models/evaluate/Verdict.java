package dev.millrace.models.evaluate;

import dev.millrace.features.report.Numbers;

/** Differences between two models in words. */
record Verdict(String baseline, String candidate, int ndcgCutoff) {
  /** Above it, how many times the rows a difference needs is no plan any more. */
  private static final double MOST_TIMES = 1000;

  String on(Difference difference) {
    String title = difference.metric().title(ndcgCutoff);
    if (difference.test().isEmpty()) {
      return "%s - %s is %s %s; no interval was drawn"
          .formatted(candidate, baseline, Numbers.brief(difference.difference()), title);
    }
    Difference.Test test = difference.test().get();
    if (test.standardError() == 0) {
      return "no difference in %s: %s and %s agree in every draw"
          .formatted(title, baseline, candidate);
    }
    return test.isSignificant()
        ? significant(difference, test, title)
        : insignificant(difference, test, title);
  }

  private String significant(Difference difference, Difference.Test test, String title) {
    boolean rises = difference.difference() > 0;
    int decimals = Decimals.of(test.standardError());
    double least = rises ? test.interval().lower() : -test.interval().upper();
    double most = rises ? test.interval().upper() : -test.interval().lower();
    return "%s is better by %s %s (%s interval %s to %s), significant at %s"
        .formatted(
            difference.isImprovement() ? candidate : baseline,
            Numbers.fixed(Math.abs(difference.difference()), decimals),
            title,
            level(test),
            Numbers.fixed(least, decimals),
            Numbers.fixed(most, decimals),
            Numbers.brief(test.significance()));
  }

  private String insignificant(Difference difference, Difference.Test test, String title) {
    int decimals = Decimals.of(test.standardError());
    String sentence =
        "no significant difference in %s at %s: %s - %s is %s (%s interval %s to %s); to find one"
            + " of this size would need %s times the rows";
    return sentence.formatted(
        title,
        Numbers.brief(test.significance()),
        candidate,
        baseline,
        Numbers.fixed(difference.difference(), decimals),
        level(test),
        Numbers.fixed(test.interval().lower(), decimals),
        Numbers.fixed(test.interval().upper(), decimals),
        times(Difference.rowsNeeded(difference.difference(), test)));
  }

  private static String level(Difference.Test test) {
    return Numbers.brief(100 * (1 - test.significance())) + "%";
  }

  private static String times(double rows) {
    return rows > MOST_TIMES ? "more than 1,000" : "about " + Numbers.count(Math.round(rows));
  }
}
