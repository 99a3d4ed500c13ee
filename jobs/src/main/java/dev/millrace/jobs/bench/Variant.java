package dev.millrace.jobs.bench;

/** What is measured: the ranking job, and parts of it that bound it from above. */
enum Variant {
  /** Kafka to Kafka with the ranking job's intake and guarantees, and nothing between. */
  PASS_THROUGH("passThrough", "pass-through job"),
  /** The ranking job with a live release. */
  RANKING("ranking", "ranking job"),
  /** Featurise, encode, score and answer in a loop: no Flink, no Kafka, no state backend. */
  RANKER("ranker", "ranker loop"),
  /** ONNX Runtime over batches encoded beforehand, as many threads as the job has subtasks. */
  SCORER("scorer", "scorer loop"),
  /** The same on one thread. */
  SCORER_ONE_THREAD("scorerOneThread", "scorer loop, 1 thread");

  private final String key;
  private final String label;

  Variant(String key, String label) {
    this.key = key;
    this.label = label;
  }

  /** Its name in JSON. */
  String key() {
    return key;
  }

  String label() {
    return label;
  }
}
