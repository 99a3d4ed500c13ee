package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  private static final Map<String, String> IDENTITY = Map.of("seed", "1");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("checkpoint");
    CheckpointFile.write(file, IDENTITY, state());
  }

  private static TrainingState state() {
    TrainingState state = new TrainingState();
    state.put("steps", 7L);
    state.put("rate", 0.1);
    state.put("table", new float[] {1, -0f, Float.MIN_VALUE});
    return state;
  }

  @Test
  void shouldKeepEveryBit() throws IOException {
    TrainingState large = new TrainingState();
    float[] table = new float[100_003];
    for (int i = 0; i < table.length; i++) {
      table[i] = Float.intBitsToFloat(i * 31 + 7);
    }
    large.put("table", table);
    large.put("none", new float[0]);
    large.put("third", 1 / 3.0);
    CheckpointFile.write(file, IDENTITY, large);
    TrainingState read = CheckpointFile.read(file, IDENTITY);
    assertThat(read.tensor("table")).isEqualTo(table);
    assertThat(read.tensor("none")).isEmpty();
    assertThat(read.getDouble("third")).isEqualTo(1 / 3.0);
  }

  @Test
  void shouldReadTheBytesOfVersionOne() throws IOException {
    String bytes =
        "4d494c4c52434b50" // MILLRCKP
            + "00000001"
            + "00000001" // identity
            + "000473656564"
            + "000131"
            + "00000002" // numbers
            + "00057374657073"
            + "000137"
            + "000472617465"
            + "0003302e31"
            + "00000001" // tensors
            + "00057461626c65"
            + "00000003"
            + "3f800000"
            + "80000000"
            + "00000001";
    byte[] written = Files.readAllBytes(file);
    int body = written.length - Long.BYTES;
    assertThat(HexFormat.of().formatHex(Arrays.copyOf(written, body))).isEqualTo(bytes);
    TrainingState read = CheckpointFile.read(file, IDENTITY);
    assertThat(read.getLong("steps")).isEqualTo(7);
    assertThat(read.getDouble("rate")).isEqualTo(0.1);
    assertThat(read.tensor("table")).containsExactly(1, -0f, Float.MIN_VALUE);
  }

  @Test
  void shouldLeaveNothingBesideTheFile() throws IOException {
    CheckpointFile.write(file, IDENTITY, state());
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void shouldRefuseAFileThatIsCutShortWherever() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> CheckpointFile.read(file, IDENTITY))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(CheckpointException.class)
          .hasMessageMatching(".* must be a (whole )?checkpoint, found .*");
    }
  }

  @Test
  void shouldRefuseAFileInWhichAnyByteIsWrong() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int place = 0; place < whole.length; place++) {
      byte[] damaged = whole.clone();
      damaged[place] ^= 0x40;
      Files.write(file, damaged);
      assertThatThrownBy(() -> CheckpointFile.read(file, IDENTITY))
          .as("byte %d", place)
          .isInstanceOf(CheckpointException.class);
    }
  }

  @Test
  void shouldNameWhatDiffersOrIsMissing() {
    assertThatThrownBy(() -> CheckpointFile.read(file, Map.of("seed", "2")))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(file + " is the checkpoint of another training: seed must be 1, found 2");
    assertThatThrownBy(() -> CheckpointFile.read(file, Map.of("seed", "1", "optfs", "on")))
        .hasMessage(file + " is the checkpoint of another training: optfs must be none, found on");
  }
}
