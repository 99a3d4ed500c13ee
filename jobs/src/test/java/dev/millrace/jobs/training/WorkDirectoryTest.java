package dev.millrace.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  @TempDir private Path directory;

  @Test
  void shouldBeOfOneTrainingAtATime() throws IOException {
    Path path = directory.resolve("work");
    try (WorkDirectory one = new WorkDirectory(path);
        WorkDirectory two = new WorkDirectory(path)) {
      one.take();
      assertThat(one.isFresh()).isTrue();
      assertThatThrownBy(two::take)
          .isInstanceOf(WorkInUseException.class)
          .hasMessage(
              "a work directory must be of one training at a time, found another in " + path);
      assertThat(two.isFresh()).as("it is not this one's to delete").isFalse();
    }
    try (WorkDirectory three = new WorkDirectory(path)) {
      three.take();
      assertThat(three.isFresh()).as("it was there").isFalse();
    }
  }

  @Test
  void shouldDeleteWhatItHoldsAndNothingElse() throws IOException {
    Path empty = directory.resolve("empty");
    try (WorkDirectory work = new WorkDirectory(empty)) {
      work.take();
      Files.createFile(work.checkpoint());
      Files.createDirectory(work.data());
      work.clear();
      assertThat(empty).doesNotExist();
    }
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path note = Files.createFile(shared.resolve("note.txt"));
    try (WorkDirectory work = new WorkDirectory(shared)) {
      work.take();
      work.clear();
    }
    assertThat(shared).isDirectoryContaining(note::equals);
    assertThat(shared.toFile().list()).hasSize(1);
  }
}
