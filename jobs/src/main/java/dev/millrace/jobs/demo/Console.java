package dev.millrace.jobs.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What a person sees of a demo while it runs: one line a step, on standard error. */
final class Console {

  private static final long LINE_NANOS = Duration.ofSeconds(2).toNanos();

  private final PrintStream err;
  private final long start = System.nanoTime();
  private long lastLine = start;

  Console(PrintStream err) {
    this.err = err;
  }

  /** Prints a line. */
  void say(String format, Object... arguments) {
    err.printf(
        Locale.ROOT, "%6.1f s  %s%n", seconds(), String.format(Locale.ROOT, format, arguments));
    lastLine = System.nanoTime();
  }

  /** Whether it is time for another line of progress. */
  boolean isDue() {
    return System.nanoTime() - lastLine > LINE_NANOS;
  }

  /** Seconds since the start. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
