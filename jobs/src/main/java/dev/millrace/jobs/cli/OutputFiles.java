package dev.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.features.table.TableException;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    boolean inDirectory = Files.isDirectory(directory) && Files.isWritable(directory);
    boolean writable =
        Files.exists(file)
            ? !Files.isDirectory(file)
                && Files.isWritable(file)
                && (inDirectory || !Files.isRegularFile(file))
            : inDirectory;
    if (!writable) {
      throw new TableException(option + " must name a file that can be written, found " + file);
    }
    claim(option, file);
  }

  /**
   * Writes a file; it appears, or replaces another, when all of it is written.
   *
   * @param file null if the option was not given
   * @throws IOException if it cannot be written; the message names it
   */
  static void write(Path file, Output output) throws IOException {
    if (file == null) {
      return;
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe or a device has no place beside it from which something could be moved there.
      write(file, file, output);
      return;
    }
    Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path draft = place.resolveSibling("." + place.getFileName() + ".tmp");
    try {
      write(draft, file, output);
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void write(Path draft, Path file, Output output) throws IOException {
    try (Writer writer =
        new BufferedWriter(new OutputStreamWriter(new Named(file, open(draft, file)), UTF_8))) {
      output.to(writer);
    }
  }

  private static OutputStream open(Path draft, Path file) throws IOException {
    try {
      return Files.newOutputStream(draft);
    } catch (IOException e) {
      throw notWritable(file, e);
    }
  }

  private static IOException notWritable(Path file, IOException cause) {
    return new IOException(file + " must be writable, found " + cause.getMessage(), cause);
  }

  /** Tells failures to write the file from those to read what is written. */
  private static final class Named extends FilterOutputStream {
    private final Path file;

    Named(Path file, OutputStream out) {
      super(out);
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw notWritable(file, e);
      }
    }
  }
}
