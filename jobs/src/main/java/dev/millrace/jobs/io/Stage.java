package dev.millrace.jobs.io;

/** The jobs of the pipeline. A stage's label is its name in job, group, metric and dead letter. */
public enum Stage {
  LABEL_JOIN("label-join"),
  STREAMING_FEATURES("streaming-features"),
  RANKING("ranking"),
  FEATURE_RANKING("feature-ranking");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
