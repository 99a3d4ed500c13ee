package dev.millrace.jobs.cli;

import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.train.TrainingListener;
import dev.millrace.models.train.TrainingProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Says every few seconds how far a training is, and after each epoch how good. */
final class TrainingLine {
  private static final long EVERY_NANOS = 5_000_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintWriter err;
  private final long started = System.nanoTime();
  private long last = started;

  TrainingLine(PrintWriter err) {
    this.err = err;
  }

  TrainingListener begin(String phase) {
    say(phase);
    return this::at;
  }

  private void at(TrainingProgress progress) {
    if (progress.validation().isPresent()) {
      say(
          "epoch %d: loss %.4f, %s, %,.0f samples/s, learning rate %s",
          progress.epoch(),
          progress.loss(),
          quality(progress.validation().get()),
          progress.samplesPerSecond(),
          progress.learningRate());
    } else if (System.nanoTime() - last >= EVERY_NANOS) {
      if (progress.validated() > 0) {
        say("epoch %d: %,d validation samples", progress.epoch(), progress.validated());
      } else {
        say(
            "epoch %d: %,d samples in all, loss %.4f, %,.0f samples/s",
            progress.epoch(), progress.samplesSeen(), progress.loss(), progress.samplesPerSecond());
      }
    }
  }

  private static String quality(BinaryMetrics metrics) {
    if (metrics.rows() == 0) {
      return "no validation";
    }
    String auc =
        metrics.auc().isPresent()
            ? String.format(Locale.ROOT, "%.5f", metrics.auc().getAsDouble())
            : "undefined";
    return String.format(
        Locale.ROOT, "validation AUC %s, log loss %.5f", auc, metrics.logLoss().orElse(Double.NaN));
  }

  private void say(String format, Object... values) {
    last = System.nanoTime();
    err.printf(
        Locale.ROOT,
        "%6.1f s  %s%n",
        (last - started) / NANOS_PER_SECOND,
        String.format(Locale.ROOT, format, values));
    err.flush();
  }
}
