package dev.millrace.models.evaluate;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good a model's probabilities are on a data set: its metrics, with confidence intervals where
 * they were asked for, and its reliability table. Holds the scores, so that two models can be
 * {@linkplain Comparison compared}.
 *
 * <p>Intervals are of a Poisson bootstrap: of groups where rows belong to groups, whose rows are
 * not independent, else of rows. There are none for fewer than {@value #LEAST_UNITS} of these.
 */
public final class Evaluation {
  /** Of fewer the draws are too few and too alike for an interval that holds its level. */
  private static final int LEAST_UNITS = 10;

  private final String model;
  private final Scores scores;
  private final EvaluationConfig config;
  private final BinaryMetrics binary;
  private final Reliability reliability;
  private final Optional<GroupMetrics> groups;
  private final Map<Metric, Replicates> replicates;

  private Evaluation(
      String model,
      EvaluationConfig config,
      ScoreOrder order,
      Optional<GroupScores> groups,
      Map<Metric, Replicates> replicates) {
    this.model = model;
    this.scores = order.scores();
    this.config = config;
    this.binary = BinaryMetrics.of(order);
    this.reliability = Reliability.of(order, config.binning(), config.bins(), config.confidence());
    this.groups = groups.map(each -> GroupMetrics.of(each, config.ndcgCutoff()));
    this.replicates = replicates;
  }

  /**
   * Evaluates a model.
   *
   * @param model what reports call the model
   * @param scores of the model; not to be appended to afterwards
   */
  public static Evaluation of(
      String model, Scores scores, EvaluationConfig config, BootstrapListener listener) {
    Objects.requireNonNull(model, "model");
    ScoreOrder order = ScoreOrder.of(scores);
    Units units = Units.of(scores);
    Optional<GroupScores> groups =
        scores.isGrouped()
            ? Optional.of(GroupScores.of(order, units, config.ndcgCutoff()))
            : Optional.empty();
    Map<Metric, Replicates> replicates =
        config
            .bootstrap()
            .filter(bootstrap -> units.count() >= LEAST_UNITS)
            .map(
                bootstrap ->
                    Bootstrap.run(
                        units, ResampledMetrics.of(order, units, groups), bootstrap, listener))
            .orElse(Map.of());
    return new Evaluation(model, config, order, groups, replicates);
  }

  /** What reports call the model. */
  public String model() {
    return model;
  }

  public EvaluationConfig config() {
    return config;
  }

  public BinaryMetrics binary() {
    return binary;
  }

  public Reliability reliability() {
    return reliability;
  }

  /** Metrics within groups; empty when the rows belong to none. */
  public Optional<GroupMetrics> groups() {
    return groups;
  }

  /** A metric; empty when it is not defined on the rows. */
  public OptionalDouble value(Metric metric) {
    return switch (metric) {
      case AUC -> binary.auc();
      case LOG_LOSS -> binary.logLoss();
      case BRIER -> binary.brier();
      case CALIBRATION -> binary.calibration();
      case GAUC -> groups.map(GroupMetrics::gauc).orElse(OptionalDouble.empty());
      case NDCG -> groups.map(GroupMetrics::ndcg).orElse(OptionalDouble.empty());
    };
  }

  /** Confidence interval of a metric; empty when none was drawn. */
  public Optional<Interval> interval(Metric metric) {
    return value(metric).isEmpty()
        ? Optional.empty()
        : replicates(metric).flatMap(drawn -> drawn.interval(significance()));
  }

  /** The metric in each replicate. */
  Optional<Replicates> replicates(Metric metric) {
    return Optional.ofNullable(replicates.get(metric));
  }

  double significance() {
    return config.significance();
  }

  Scores scores() {
    return scores;
  }
}
