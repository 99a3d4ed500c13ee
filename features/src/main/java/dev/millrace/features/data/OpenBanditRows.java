package dev.millrace.features.data;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.millrace.schemas.Candidate;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A cursor over the log of one campaign; it stands on a row after {@link #next()}. */
final class OpenBanditRows implements Closeable {
  private static final int USER_FEATURES = 4;

  /** Such as {@code 2019-11-24 00:03:24.688993+00:00}; the fraction is left out when it is zero. */
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter();

  private final OpenBanditCampaign campaign;
  private final CsvRows rows;
  private final int timestampColumn;
  private final int itemColumn;
  private final int positionColumn;
  private final int clickColumn;
  private final int propensityColumn;
  private final int[] userColumns;
  private final int[] affinityColumns;
  private Instant timestamp = Instant.MIN;

  OpenBanditRows(OpenBanditCampaign campaign) throws IOException {
    this.campaign = campaign;
    rows = new CsvRows(campaign.log());
    try {
      timestampColumn = rows.column("timestamp");
      itemColumn = rows.column("item_id");
      positionColumn = rows.column("position");
      clickColumn = rows.column("click");
      propensityColumn = rows.column("propensity_score");
      userColumns = columns("user_feature_", USER_FEATURES);
      affinityColumns = columns("user-item_affinity_", campaign.items().size());
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private int[] columns(String prefix, int count) {
    int[] columns = new int[count];
    for (int i = 0; i < count; i++) {
      columns[i] = rows.column(prefix + i);
    }
    return columns;
  }

  /** Moves to the next row and reads its time; false at the end. */
  boolean next() throws IOException {
    if (!rows.next()) {
      return false;
    }
    Instant previous = timestamp;
    timestamp = readTimestamp();
    rows.require(
        !timestamp.isBefore(previous), "timestamp must not be before " + previous, timestamp);
    return true;
  }

  private Instant readTimestamp() {
    String text = rows.text(timestampColumn);
    try {
      return OffsetDateTime.parse(text, TIMESTAMP).toInstant();
    } catch (DateTimeParseException e) {
      throw rows.violation("timestamp must be like 2019-11-24 00:03:24.688993+00:00", text);
    }
  }

  /** Time of the row, in the microseconds of the file. */
  Instant timestamp() {
    return timestamp;
  }

  LoggedInteraction interaction(InteractionDraws draws) {
    int items = campaign.items().size();
    int shown = rows.integer(itemColumn, "item_id", 0, items - 1);
    boolean clicked = rows.integer(clickColumn, "click", 0, 1) == 1;
    LogLine logLine = logLine(shown);
    InteractionDraws.ForImpression drawn = draws.forImpression(logLine.impressionId());
    List<Candidate> candidates = new ArrayList<>();
    for (int item : drawn.candidates(shown, items)) {
      candidates.add(item == shown ? logLine.shown() : candidate(item));
    }
    return logLine.with(candidates, clicked, drawn);
  }

  private LogLine logLine(int shown) {
    return new LogLine(
        campaign.policy() + "/" + campaign.name() + "/" + rows.line(),
        userId(),
        timestamp.truncatedTo(ChronoUnit.MILLIS),
        context(),
        candidate(shown),
        rows.integer(positionColumn, "position", 1, Integer.MAX_VALUE),
        propensity());
  }

  private double propensity() {
    double propensity = rows.number(propensityColumn, "propensity_score");
    rows.require(
        propensity > 0 && propensity <= 1, "propensity_score must be in (0,1]", propensity);
    return propensity;
  }

  private Map<String, Object> context() {
    Map<String, Object> context = new HashMap<>();
    context.put("policy", campaign.policy());
    context.put("campaign", campaign.name());
    for (int i = 0; i < USER_FEATURES; i++) {
      context.put("user_feature_" + i, rows.text(userColumns[i]));
    }
    return context;
  }

  /** XXH3-64 over the UTF-8 bytes of the four user features, a slash after each. */
  private String userId() {
    StringBuilder features = new StringBuilder();
    for (int column : userColumns) {
      features.append(rows.text(column)).append('/');
    }
    byte[] bytes = features.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().toHexDigits(Hashing.xxh3_64().hashBytesToLong(bytes));
  }

  private Candidate candidate(int item) {
    Map<String, Object> features = new HashMap<>(campaign.items().get(item));
    features.put("user_item_affinity", rows.number(affinityColumns[item], "user-item_affinity"));
    return new Candidate(campaign.itemId(item), features);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
