package dev.millrace.jobs.cli;

import dev.millrace.features.table.TableException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files that a command writes at its end. What cannot be written is refused at the start: reading
 * the rows may take long.
 */
final class OutputFiles {
  private final Map<Path, String> options = new LinkedHashMap<>();

  /** Writes a result. */
  @FunctionalInterface
  interface Output {
    void to(Writer writer) throws IOException;
  }

  /**
   * Takes note of a file that must not be written over, or that is to be written.
   *
   * @param file null if the option was not given
   * @throws TableException if another option names the same file
   */
  void claim(String option, Path file) throws IOException {
    if (file == null) {
      return;
    }
    Path known = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
    String other = options.putIfAbsent(known, option);
    if (other != null) {
      throw new TableException(
          option + " must name another file than " + other + ", found " + file);
    }
  }

  /**
   * Checks a file that is to be written.
   *
   * @param file null if the option was not given
   * @throws TableException if it cannot be written, or another option names it
   */
  void add(String option, Path file) throws IOException {
    if (file == null) {
      return;
    }
    Path directory = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? !Files.isDirectory(file) && Files.isWritable(file)
            : Files.isDirectory(directory) && Files.isWritable(directory);
    if (!writable) {
      throw new TableException(option + " must name a file that can be written, found " + file);
    }
    claim(option, file);
  }

  /**
   * Writes a file.
   *
   * @param file null if the option was not given
   * @throws IOException if it cannot be written; the message names it
   */
  static void write(Path file, Output output) throws IOException {
    if (file == null) {
      return;
    }
    try (Writer writer = Files.newBufferedWriter(file)) {
      output.to(writer);
    } catch (IOException e) {
      throw new IOException(file + " must be writable, found " + e.getMessage(), e);
    }
  }
}
