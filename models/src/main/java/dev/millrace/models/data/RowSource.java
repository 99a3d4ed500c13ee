package dev.millrace.models.data;

import dev.millrace.features.table.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows that can be read from their start again, once for each pass.
 *
 * @param version another text when the rows are others, so that what was made of them is not used
 *     for these
 * @param opener opens the rows at their start
 */
public record RowSource(String version, Opener opener) {

  public RowSource {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(opener, "opener");
  }

  /** Opens rows. */
  @FunctionalInterface
  public interface Opener {
    Rows open() throws IOException;
  }

  /**
   * Rows of a file, or of the files in a folder. Their names, lengths and times of change are the
   * version.
   *
   * @throws DataException if there is no such file
   */
  public static RowSource of(Path data, Opener opener) throws IOException {
    if (!Files.exists(data)) {
      throw new DataException("data must name a file or a folder, found none at " + data);
    }
    try (Stream<Path> files = Files.walk(data)) {
      StringBuilder version = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).sorted().collect(Collectors.toList())) {
        version
            .append(file.toAbsolutePath().normalize())
            .append(' ')
            .append(Files.size(file))
            .append(' ')
            .append(Files.getLastModifiedTime(file).toMillis())
            .append('\n');
      }
      return new RowSource(version.toString(), opener);
    }
  }
}
