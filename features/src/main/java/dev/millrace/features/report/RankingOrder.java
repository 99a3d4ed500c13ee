package dev.millrace.features.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.millrace.features.table.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the fields of a ranking back, best first: the CSV that {@link RankingCsv} writes, or the
 * JSON of {@link RankingJson}. Of a CSV only the column {@code feature} and the order of the lines
 * count, so that a ranking that something else made can be used too.
 */
public final class RankingOrder {
  private static final String FEATURE = "feature";
  private static final String FEATURES = "features";

  private RankingOrder() {}

  /**
   * Reads a ranking.
   *
   * @throws TableException if the file is none; the message names it
   */
  public static List<String> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new TableException("ranking must name a file, found none at " + file);
    }
    String text = Files.readString(file);
    List<String> names = text.stripLeading().startsWith("{") ? json(file, text) : csv(file, text);
    if (names.isEmpty()) {
      throw new TableException(file + ": must rank a field, found none");
    }
    return names;
  }

  private static List<String> json(Path file, String text) {
    try {
      List<String> names = new ArrayList<>();
      for (JsonNode feature : new ObjectMapper().readTree(text).path(FEATURES)) {
        names.add(feature.required(FEATURE).asText());
      }
      return names;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw malformed(file, e);
    }
  }

  private static List<String> csv(Path file, String text) throws IOException {
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    List<String> names = new ArrayList<>();
    try (MappingIterator<Map<String, String>> lines =
        new CsvMapper().readerForMapOf(String.class).with(header).readValues(text)) {
      while (lines.hasNext()) {
        Map<String, String> line = lines.next();
        if (!line.containsKey(FEATURE)) {
          throw new TableException(
              "%s: must have a column %s, found %s".formatted(file, FEATURE, line.keySet()));
        }
        names.add(line.get(FEATURE));
      }
    } catch (JsonProcessingException e) {
      throw malformed(file, e);
    }
    return names;
  }

  private static TableException malformed(Path file, Exception e) {
    String problem = e.getMessage().lines().findFirst().orElse("");
    return new TableException(
        file + ": must be a ranking that rank-features wrote, found: " + problem);
  }
}
