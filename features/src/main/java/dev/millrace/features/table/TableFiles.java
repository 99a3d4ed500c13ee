package dev.millrace.features.table;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Opens files of rows: plain, gzip or zstd, which the first bytes tell. */
public final class TableFiles {
  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int ZSTD_MAGIC = 0x28B5;
  private static final int BUFFER = 1 << 16;
  private static final String AVAZU_START = "id,click,";
  private static final List<String> AVAZU_COLUMNS =
      List.of(
          ("id,click,hour,C1,banner_pos,site_id,site_domain,site_category,app_id,app_domain,"
                  + "app_category,device_id,device_ip,device_model,device_type,device_conn_type,"
                  + "C14,C15,C16,C17,C18,C19,C20,C21")
              .split(",", -1));

  private TableFiles() {}

  /**
   * Opens delimited text with a header line.
   *
   * @param delimiter between cells, an ASCII character
   * @param problems is told of each malformed row in one line; may throw
   * @throws TableException if it is no such file
   */
  public static Rows delimited(Path file, char delimiter, Consumer<String> problems)
      throws IOException {
    return open(file, delimiter, List.of(), problems);
  }

  /**
   * Opens a file of the Criteo display advertising challenge: tabs between the cells, no header,
   * the label, 13 counts and 26 categories.
   *
   * @param problems is told of each malformed row in one line; may throw
   */
  public static Rows criteo(Path file, Consumer<String> problems) throws IOException {
    List<String> columns = new ArrayList<>(List.of("label"));
    IntStream.rangeClosed(1, 13).forEach(i -> columns.add("I" + i));
    IntStream.rangeClosed(1, 26).forEach(i -> columns.add("C" + i));
    return open(file, '\t', columns, problems);
  }

  /**
   * Opens a file of the Avazu click-through rate challenge: commas between the cells. Files split
   * from the original often lack its header line, which is taken as given then.
   *
   * @param problems is told of each malformed row in one line; may throw
   */
  public static Rows avazu(Path file, Consumer<String> problems) throws IOException {
    requireReadable(file);
    try (InputStream in = decompressed(file, Files.newInputStream(file))) {
      String start = new String(in.readNBytes(AVAZU_START.length()), StandardCharsets.US_ASCII);
      return open(file, ',', start.equals(AVAZU_START) ? List.of() : AVAZU_COLUMNS, problems);
    }
  }

  private static Rows open(
      Path file, char delimiter, List<String> columns, Consumer<String> problems)
      throws IOException {
    requireReadable(file);
    FileChannel channel = FileChannel.open(file);
    InputStream plain = Channels.newInputStream(channel);
    try {
      long size = Math.max(1, channel.size());
      plain = decompressed(file, plain);
      DoubleSupplier progress = () -> progress(channel, size);
      return new DelimitedRows(file.toString(), plain, delimiter, columns, progress, problems);
    } catch (RuntimeException | IOException e) {
      plain.close();
      throw e;
    }
  }

  /**
   * Opens an Avro container file of records. Records in records are flattened, with dots between
   * the names; a map has a column a key, for which the file is read twice; an array is a cell with
   * semicolons between the values.
   *
   * @param problems is told of each block that cannot be read in one line; may throw
   * @throws TableException if it is no such file, or holds bytes
   */
  public static Rows avro(Path file, Consumer<String> problems) throws IOException {
    requireReadable(file);
    return new AvroRows(file, problems);
  }

  private static void requireReadable(Path file) {
    RankingOptions.require(Files.isRegularFile(file), "data must name a file", file);
    RankingOptions.require(Files.isReadable(file), "data must be readable", file);
  }

  private static double progress(FileChannel channel, long size) {
    try {
      return channel.isOpen() ? (double) channel.position() / size : 1;
    } catch (IOException e) {
      return -1;
    }
  }

  private static InputStream decompressed(Path file, InputStream in) throws IOException {
    PushbackInputStream stream = new PushbackInputStream(in, 2);
    byte[] magic = stream.readNBytes(2);
    stream.unread(magic);
    int found = magic.length < 2 ? 0 : ((magic[0] & 0xFF) << 8) | (magic[1] & 0xFF);
    try {
      return switch (found) {
        case GZIP_MAGIC -> new GZIPInputStream(stream, BUFFER);
        case ZSTD_MAGIC -> new BufferedInputStream(new ZstdInputStream(stream), BUFFER);
        default -> stream;
      };
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
