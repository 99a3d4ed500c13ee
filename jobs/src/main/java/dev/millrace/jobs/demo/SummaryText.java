package dev.millrace.jobs.demo;

import dev.millrace.features.ranking.FieldScore;
import dev.millrace.jobs.demo.DemoSummary.Flow;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The summary as a person reads it. */
final class SummaryText {

  private static final int TOP_FIELDS = 8;

  private final StringBuilder text = new StringBuilder();

  private SummaryText() {}

  static String of(DemoSummary summary) {
    SummaryText writer = new SummaryText();
    writer.topics(summary.topics());
    writer.labels(summary);
    writer.model(summary);
    writer.quality(summary.quality());
    writer.fields(summary.fields());
    writer.closing(summary);
    return writer.text.toString();
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private void topics(Map<String, Flow> topics) {
    line("");
    line("%-42s %12s %12s", "topic", "in", "out");
    topics.forEach((name, flow) -> line("%-42s %,12d %,12d", name, flow.in(), flow.out()));
  }

  private void labels(DemoSummary summary) {
    line("");
    line(
        "labels       %,d impressions, %,d of them clicked; %,d dead letters",
        summary.labelledImpressions(), summary.labelledClicks(), summary.deadLetterCount());
    for (DeadLetterTally.Reason reason : summary.deadLetters()) {
      line(
          "             %,d of %s %s, for example: %s",
          reason.count(), reason.topic(), reason.errorClass(), reason.example());
    }
  }

  private void model(DemoSummary summary) {
    FirstModel.Trained model = summary.model();
    line(
        "model        AutoInt, %,d parameters, validation AUC %s; bundle equals network within %.1e",
        model.result().network().parameters().count(),
        model.result().validation().auc().isPresent()
            ? String.format(Locale.ROOT, "%.4f", model.result().validation().auc().getAsDouble())
            : "none (one class)",
        model.parity());
  }

  private void quality(LiveQuality quality) {
    quality
        .metrics()
        .auc()
        .ifPresentOrElse(
            auc ->
                line(
                    "live AUC     %.4f ± %.4f over %,d scores of %,d rankings%s",
                    auc,
                    quality.metrics().aucStandardError().orElse(Double.NaN),
                    quality.metrics().rows(),
                    quality.rankings(),
                    quality.bestPossibleAuc().isPresent()
                        ? String.format(
                            Locale.ROOT,
                            "; the best possible is %.4f",
                            quality.bestPossibleAuc().getAsDouble())
                        : ""),
            () -> line("live AUC     none: the scores met one class only"));
    LiveQuality.ExpectedClicks clicks = quality.clicks();
    if (clicks != null) {
      line(
          "clicks/page  %.3f expected; random %.3f, best possible %.3f: %.0f%% of the way",
          clicks.ranked(), clicks.random(), clicks.best(), 100 * clicks.share());
    }
  }

  private void fields(List<FieldScore> fields) {
    line("");
    line("%-22s %14s %14s %12s", "field", "score (nats)", "noise (nats)", "cardinality");
    fields.stream()
        .limit(TOP_FIELDS)
        .forEach(
            field ->
                line(
                    "%-22s %14.6f %14.6f %,12d",
                    field.feature(), field.score(), field.noiseNats(), field.cardinality()));
    if (fields.size() > TOP_FIELDS) {
      FieldScore last = fields.get(fields.size() - 1);
      line(
          "%-22s %14.6f %14.6f %,12d  (last)",
          last.feature(), last.score(), last.noiseNats(), last.cardinality());
    }
  }

  private void closing(DemoSummary summary) {
    line("");
    line(
        "%,d events, %,.0f a second while they were fed; %.0f s in all",
        summary.events(), summary.eventsPerSecond(), summary.seconds());
    if (summary.violations().isEmpty()) {
      line("nothing lost, nothing twice: every count agrees");
    } else {
      summary.violations().forEach(violation -> line("COUNTS DISAGREE: %s", violation));
    }
  }
}
