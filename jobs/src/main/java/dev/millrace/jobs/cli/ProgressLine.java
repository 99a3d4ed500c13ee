package dev.millrace.jobs.cli;

import dev.millrace.features.table.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Says every few seconds how far a ranking is. */
final class ProgressLine implements Progress, AutoCloseable {
  private static final long EVERY_NANOS = 2_000_000_000L;

  private final PrintWriter err;
  private final long started = System.nanoTime();
  private long last = started;
  private boolean shown;

  ProgressLine(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void at(String stage, long done, double share) {
    long now = System.nanoTime();
    if (now - last < EVERY_NANOS) {
      return;
    }
    last = now;
    shown = true;
    String of = share < 0 ? "" : String.format(Locale.ROOT, " (%.0f%%)", 100 * share);
    err.printf(Locale.ROOT, "%6.1f s  %s: %,d%s%n", (now - started) / 1e9, stage, done, of);
    err.flush();
  }

  @Override
  public void close() {
    if (shown) {
      err.printf(Locale.ROOT, "%6.1f s  done%n", (System.nanoTime() - started) / 1e9);
      err.flush();
    }
  }
}
