package dev.millrace.jobs.bench;

/**
 * What to measure.
 *
 * @param requests after which a run of the ranking job ends
 * @param candidates of each request
 * @param parallelism subtasks of each operator, and threads of each loop
 * @param repetitions measured rounds, each of every variant
 * @param seed of requests, features and model parameters
 */
record RankingBenchConfig(
    int requests, int candidates, int parallelism, int repetitions, long seed) {

  private static final int MAX_REQUESTS = 1_000_000;
  private static final int MAX_CANDIDATES = 400;

  RankingBenchConfig {
    require("--requests", requests, 1_000, MAX_REQUESTS);
    require("--candidates", candidates, 1, MAX_CANDIDATES);
    require("--parallelism", parallelism, 1, 16);
    require("--repetitions", repetitions, 1, 100);
  }

  private static void require(String option, int found, int least, int most) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          "%s must be between %d and %d, found %d".formatted(option, least, most, found));
    }
  }
}
