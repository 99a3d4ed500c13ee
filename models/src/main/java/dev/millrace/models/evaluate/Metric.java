package dev.millrace.models.evaluate;

/** The metrics that have intervals and, but for calibration, are compared between models. */
public enum Metric {
  AUC("auc", "AUC", Better.HIGHER),
  LOG_LOSS("logLoss", "log loss", Better.LOWER),
  BRIER("brier", "Brier score", Better.LOWER),
  /** Best at 1, so neither higher nor lower is better. */
  CALIBRATION("calibration", "calibration", Better.NEITHER),
  GAUC("gauc", "GAUC", Better.HIGHER),
  NDCG("ndcg", "NDCG", Better.HIGHER);

  enum Better {
    HIGHER,
    LOWER,
    NEITHER
  }

  private final String key;
  private final String title;
  private final Better better;

  Metric(String key, String title, Better better) {
    this.key = key;
    this.title = title;
    this.better = better;
  }

  /** Name in JSON and in manifests; NDCG's with its cutoff, {@code ndcg@10}. */
  String key(int ndcgCutoff) {
    return this == NDCG ? key + "@" + ndcgCutoff : key;
  }

  /** Name in a sentence. */
  String title(int ndcgCutoff) {
    return this == NDCG ? title + "@" + ndcgCutoff : title;
  }

  boolean isCompared() {
    return better != Better.NEITHER;
  }

  /** How much better one value is than another: above zero when it is better. */
  double improvement(double from, double to) {
    return better == Better.LOWER ? from - to : to - from;
  }
}
