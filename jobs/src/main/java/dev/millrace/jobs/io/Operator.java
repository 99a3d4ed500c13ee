package dev.millrace.jobs.io;

/**
 * Every operator of every job: its name and its uid. A uid is a promise to savepoints, so it is
 * never changed and never used again for something else; a test holds them to a checked-in list.
 */
public enum Operator {
  IMPRESSIONS_SOURCE("impressions-source"),
  IMPRESSIONS_INTAKE("impressions-intake"),
  CLICKS_SOURCE("clicks-source"),
  CLICKS_INTAKE("clicks-intake"),
  LABEL_JOIN("label-join"),
  LABELLED_IMPRESSIONS_SINK("labelled-impressions-sink"),
  DEAD_LETTERS_SINK("dead-letters-sink"),

  IMPRESSION_EVENTS("impression-events"),
  CLICK_EVENTS("click-events"),
  STREAMING_FEATURES("streaming-features"),
  FEATURE_VALUES_SINK("feature-values-sink"),

  RANKING_REQUESTS_SOURCE("ranking-requests-source"),
  RANKING_REQUESTS_INTAKE("ranking-requests-intake"),
  FEATURE_VALUES_SOURCE("feature-values-source"),
  FEATURE_VALUES_INTAKE("feature-values-intake"),
  MODELS_SOURCE("models-source"),
  MODELS_INTAKE("models-intake"),
  USER_FEATURE_VALUES("user-feature-values"),
  ITEM_FEATURE_VALUES("item-feature-values"),
  USER_FEATURES("user-features"),
  ITEM_FEATURES("item-features"),
  GATHER("gather-candidates"),
  SCORE("score"),
  RANKINGS_SINK("rankings-sink"),
  IMPRESSIONS_SINK("impressions-sink"),

  LABELLED_IMPRESSIONS_SOURCE("labelled-impressions-source"),
  LABELLED_IMPRESSIONS_INTAKE("labelled-impressions-intake"),
  COUNT_VALUES("count-values"),
  PROFILE_VALUES("profile-values"),
  RANK_FIELDS("rank-fields"),
  FEATURE_RANKS_SINK("feature-ranks-sink");

  private final String uid;

  Operator(String uid) {
    this.uid = uid;
  }

  /** Name and uid. */
  public String uid() {
    return uid;
  }
}
