package dev.millrace.jobs.training;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.util.FileUtils;

/**
 * Where a training keeps the prepared examples and the checkpoints from which it goes on after it
 * was killed.
 *
 * @param path made when something is kept there
 */
public record WorkDirectory(Path path) {
  private static final String DATA = "data";
  private static final String CHECKPOINT = "checkpoint";
  private static final String OPTFS = "optfs";
  private static final String BEFORE_OPTFS = "before-optfs";

  /** Of the prepared examples. */
  public Path data() {
    return path.resolve(DATA);
  }

  /** The checkpoint of the training, a file. */
  Path checkpoint() {
    return path.resolve(CHECKPOINT);
  }

  /** The checkpoints of OptFS, files whose names begin so. */
  Path optFs() {
    return path.resolve(OPTFS);
  }

  /** Of the bundle without OptFS, for as long as it is compared. */
  Path beforeOptFs() {
    return path.resolve(BEFORE_OPTFS);
  }

  /** Whether there is a training to go on with. */
  public boolean hasCheckpoint() {
    return Files.exists(checkpoint());
  }

  /** Deletes the checkpoints. */
  public void clearCheckpoints() throws IOException {
    delete(name -> name.startsWith(CHECKPOINT) || name.startsWith(OPTFS));
  }

  /** Deletes what a training has put here, and the directory if it held nothing else. */
  public void clear() throws IOException {
    clearCheckpoints();
    delete(Set.of(DATA, BEFORE_OPTFS)::contains);
    try {
      if (Files.isDirectory(path)) {
        Files.delete(path);
      }
    } catch (DirectoryNotEmptyException e) {
      // It holds something else.
    }
  }

  private void delete(Predicate<String> named) throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        if (named.test(entry.getFileName().toString())) {
          FileUtils.deleteFileOrDirectory(entry.toFile());
        }
      }
    }
  }
}
