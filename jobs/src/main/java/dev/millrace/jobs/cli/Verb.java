package dev.millrace.jobs.cli;

import dev.millrace.jobs.bench.BenchCommand;
import dev.millrace.jobs.demo.DemoCommand;

/**
 * The verbs of the command line, each with its class, which is loaded only when it is asked for.
 */
enum Verb {
  DEMO("demo"),
  TRAIN("train"),
  EVALUATE("evaluate"),
  SCORE("score"),
  RANK_FEATURES("rank-features"),
  JOB("job"),
  TOPICS("topics"),
  BENCH("bench");

  private final String token;

  Verb(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }

  Class<?> command() {
    return switch (this) {
      case DEMO -> DemoCommand.class;
      case TRAIN -> TrainCommand.class;
      case EVALUATE -> EvaluateCommand.class;
      case SCORE -> ScoreCommand.class;
      case RANK_FEATURES -> RankFeaturesCommand.class;
      case JOB -> JobCommand.class;
      case TOPICS -> TopicsCommand.class;
      case BENCH -> BenchCommand.class;
    };
  }
}
