package dev.millrace.jobs.training;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.util.FileUtils;

/**
 * Where a training keeps the prepared examples and the checkpoints from which it goes on after it
 * was killed. One training at a time takes it.
 */
public final class WorkDirectory implements Closeable {
  private static final String LOCK = "lock";
  private static final String DATA = "data";
  private static final String CHECKPOINT = "checkpoint";
  private static final String OPTFS = "optfs";
  private static final String BEFORE_OPTFS = "before-optfs";

  private final Path path;
  private FileChannel lock;
  private boolean fresh;

  /**
   * @param path made when it is taken
   */
  public WorkDirectory(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /**
   * Makes the directory where it is not there, and takes it until this is closed or the process
   * ends.
   *
   * @throws WorkInUseException if another training has it
   */
  public void take() throws IOException {
    boolean made = !Files.exists(path);
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!isLocked(channel)) {
        throw new WorkInUseException(path);
      }
      lock = channel;
      fresh = made;
    } finally {
      if (lock != channel) {
        channel.close();
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Of a training in this process.
      return false;
    }
  }

  /** Whether the directory was made when it was taken. */
  public boolean isFresh() {
    return fresh;
  }

  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }

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
    delete(Set.of(DATA, BEFORE_OPTFS, LOCK)::contains);
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
