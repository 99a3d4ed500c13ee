package dev.millrace.features.catalog;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a catalogue spells them: a whole number and one of s, m, h, d. */
final class Durations {
  /** Nine digits of days stay far inside a long of milliseconds. */
  private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})([smhd])");

  private static final Map<String, Long> SECONDS =
      Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L);

  private Durations() {}

  static Duration parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    Check.that(
        matcher.matches(),
        "must be a whole number and one of s, m, h, d, as in 15m, found " + text);
    return Duration.ofSeconds(Long.parseLong(matcher.group(1)) * SECONDS.get(matcher.group(2)));
  }

  /** In the largest unit that divides, so that equal durations are spelt alike. */
  static String format(Duration duration) {
    long seconds = duration.toSeconds();
    for (String unit : new String[] {"d", "h", "m"}) {
      if (seconds % SECONDS.get(unit) == 0) {
        return seconds / SECONDS.get(unit) + unit;
      }
    }
    return seconds + "s";
  }

  static void check(String component, Duration duration) {
    Check.that(
        !duration.isNegative() && !duration.isZero() && duration.toNanosPart() == 0,
        component + " must be a positive number of whole seconds, found " + duration);
  }
}
