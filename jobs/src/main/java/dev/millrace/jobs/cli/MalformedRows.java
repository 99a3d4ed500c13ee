package dev.millrace.jobs.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells of rows that could not be read: the first ones each, the others by their number. */
final class MalformedRows implements Consumer<String> {
  private static final int SHOWN = 5;

  private final PrintWriter err;
  private final boolean strict;
  private long rows;

  MalformedRows(PrintWriter err, boolean strict) {
    this.err = err;
    this.strict = strict;
  }

  /**
   * @throws RuntimeException with this problem, where nothing malformed is accepted
   */
  @Override
  public void accept(String problem) {
    if (strict) {
      throw new MalformedRowException(problem);
    }
    if (++rows <= SHOWN) {
      err.println("left out " + problem);
    }
  }

  /** One that tells nothing, for rows that are read in full later. */
  MalformedRows silent() {
    return new MalformedRows(new PrintWriter(Writer.nullWriter()), false);
  }

  /** Says how many there were if not all were shown. */
  void summarise() {
    if (rows > SHOWN) {
      err.printf(Locale.ROOT, "left out %,d malformed rows in all%n", rows);
    }
  }
}
