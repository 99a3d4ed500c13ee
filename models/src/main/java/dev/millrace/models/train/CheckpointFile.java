package dev.millrace.models.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The file of a checkpoint, big-endian:
 *
 * <pre>
 * magic  8 bytes "MILLRCKP"
 * int    version, 1
 * map    identity: what the training is
 * map    numbers
 * int    tensors, each: UTF name, int values, then the values
 * long   CRC-32C of everything before
 * </pre>
 *
 * where a map is an int count of UTF pairs.
 */
final class CheckpointFile {
  private static final long MAGIC = 0x4d494c4c52434b50L;
  private static final int VERSION = 1;

  /** Counted down to what is left: the largest table ends less than this before int does. */
  private static final int CHUNK_VALUES = 1 << 14;

  private CheckpointFile() {}

  /** Replaces the file in one move. */
  static void write(Path file, Map<String, String> identity, TrainingState state)
      throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      writeDraft(draft, identity, state);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void writeDraft(Path draft, Map<String, String> identity, TrainingState state)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var checked = new CheckedOutputStream(Channels.newOutputStream(channel), new CRC32C());
      DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked, 1 << 16));
      out.writeLong(MAGIC);
      out.writeInt(VERSION);
      writeMap(out, identity);
      writeMap(out, state.numbers());
      writeTensors(out, state.tensors());
      out.flush();
      out.writeLong(checked.getChecksum().getValue());
      out.flush();
      // Else a crash of the machine could leave the move without the bytes.
      channel.force(true);
    }
  }

  /**
   * Reads a checkpoint.
   *
   * @param identity of the training that wants to go on
   * @throws CheckpointException when the file is damaged or of another training
   */
  static TrainingState read(Path file, Map<String, String> identity) throws IOException {
    requireWhole(file);
    try (DataInputStream in = open(file)) {
      in.readLong();
      int version = in.readInt();
      if (version != VERSION) {
        throw new CheckpointException(
            "%s must be a checkpoint of version %d, found %d".formatted(file, VERSION, version));
      }
      requireIdentity(file, readMap(in), identity);
      TrainingState state = new TrainingState();
      state.numbers().putAll(readMap(in));
      readTensors(in, state);
      return state;
    }
  }

  /** The checksum comes first: lengths from a damaged file could ask for any amount of memory. */
  private static void requireWhole(Path file) throws IOException {
    long length = Files.size(file);
    CRC32C checksum = new CRC32C();
    try (DataInputStream raw = open(file)) {
      if (length < 2 * Long.BYTES || raw.readLong() != MAGIC) {
        throw new CheckpointException(file + " must be a checkpoint, found other bytes");
      }
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        DataInputStream checked = new DataInputStream(new CheckedInputStream(in, checksum))) {
      skip(checked, length - Long.BYTES);
      long computed = checksum.getValue();
      long stored = checked.readLong();
      if (stored != computed) {
        throw new CheckpointException(
            "%s must be a whole checkpoint, found checksum %08x in place of %08x"
                .formatted(file, computed, stored));
      }
    }
  }

  private static void skip(InputStream in, long bytes) throws IOException {
    byte[] chunk = new byte[1 << 16];
    for (long left = bytes; left > 0; ) {
      int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        throw new EOFException();
      }
      left -= read;
    }
  }

  private static void requireIdentity(
      Path file, Map<String, String> written, Map<String, String> identity)
      throws CheckpointException {
    Map<String, String> keys = new LinkedHashMap<>(identity);
    keys.putAll(written);
    for (String key : keys.keySet()) {
      String then = written.getOrDefault(key, "none");
      String now = identity.getOrDefault(key, "none");
      if (!then.equals(now)) {
        throw new CheckpointException(
            "%s is the checkpoint of another training: %s must be %s, found %s"
                .formatted(file, key, then, now));
      }
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  private static void writeMap(DataOutputStream out, Map<String, String> map) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    Map<String, String> map = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      map.put(in.readUTF(), in.readUTF());
    }
    return map;
  }

  private static void writeTensors(DataOutputStream out, Map<String, float[]> tensors)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_VALUES * Float.BYTES);
    out.writeInt(tensors.size());
    for (Map.Entry<String, float[]> entry : tensors.entrySet()) {
      float[] values = entry.getValue();
      out.writeUTF(entry.getKey());
      out.writeInt(values.length);
      int count;
      for (int from = 0; from < values.length; from += count) {
        count = Math.min(CHUNK_VALUES, values.length - from);
        chunk.asFloatBuffer().put(values, from, count);
        out.write(chunk.array(), 0, count * Float.BYTES);
      }
    }
  }

  private static void readTensors(DataInputStream in, TrainingState state) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_VALUES * Float.BYTES);
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      float[] values = new float[in.readInt()];
      int count;
      for (int from = 0; from < values.length; from += count) {
        count = Math.min(CHUNK_VALUES, values.length - from);
        in.readFully(chunk.array(), 0, count * Float.BYTES);
        chunk.asFloatBuffer().get(values, from, count);
      }
      state.put(name, values);
    }
  }
}
