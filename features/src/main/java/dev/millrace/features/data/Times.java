package dev.millrace.features.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;

/** Reads the times of one column: whole numbers, or ISO 8601, whichever the first of them is. */
final class Times {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

  /** A date, then perhaps a T or a blank and a time, then perhaps an offset. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("[['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter();

  private enum Form {
    WHOLE_NUMBER("a whole number"),
    ISO_8601("ISO 8601 like 2024-05-31T12:00:00Z");

    private final String description;

    Form(String description) {
      this.description = description;
    }
  }

  private Form form;

  /**
   * A number as it stands, ISO 8601 as milliseconds since 1970.
   *
   * @throws IllegalArgumentException with the rule that the text breaks
   */
  long parse(String text) {
    Form found = WHOLE_NUMBER.matcher(text).matches() ? Form.WHOLE_NUMBER : Form.ISO_8601;
    if (form != null && form != found) {
      throw new IllegalArgumentException(
          "must be " + form.description + ", as in the rows before it");
    }
    long time = found == Form.WHOLE_NUMBER ? Long.parseLong(text) : epochMillis(text);
    form = found;
    return time;
  }

  private static long epochMillis(String text) {
    try {
      TemporalAccessor time =
          ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (time instanceof OffsetDateTime withOffset) {
        return withOffset.toInstant().toEpochMilli();
      }
      LocalDateTime local =
          time instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) time;
      return local.toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be " + Form.WHOLE_NUMBER.description + " or " + Form.ISO_8601.description, e);
    }
  }
}
