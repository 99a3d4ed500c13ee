package dev.millrace.features.data;

import java.io.IOException;
import java.nio.file.Path;

/** The formats of recorded logs. */
public final class InteractionLogs {
  private InteractionLogs() {}

  /**
   * Reads what a log needs before its first interaction, such as its items.
   *
   * @param format {@code open-bandit} or {@code movielens-1m}
   * @param directory where the files of the data set lie
   * @throws DataSetException for an unknown format, a missing file or a malformed line
   */
  public static InteractionLog open(String format, Path directory) throws IOException {
    return switch (format) {
      case OpenBanditLog.FORMAT -> new OpenBanditLog(directory);
      case MovieLensLog.FORMAT -> new MovieLensLog(directory);
      default ->
          throw new DataSetException(
              "format must be one of %s, %s, found \"%s\""
                  .formatted(OpenBanditLog.FORMAT, MovieLensLog.FORMAT, format));
    };
  }
}
