package dev.millrace.models.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what {@link Calibration#configuration} writes. */
final class CalibrationReader {
  static final String METHOD = "method";

  private final Map<String, String> configuration;

  private CalibrationReader(Map<String, String> configuration) {
    this.configuration = configuration;
  }

  static Calibration read(Map<String, String> configuration) {
    CalibrationReader reader = new CalibrationReader(configuration);
    String method = reader.text(METHOD);
    return switch (method) {
      case Uncalibrated.METHOD -> reader.uncalibrated();
      case Platt.METHOD -> reader.platt();
      case Isotonic.METHOD -> reader.isotonic();
      default ->
          throw new IllegalArgumentException(
              "calibration.method must be none, platt or isotonic, found '" + method + "'");
    };
  }

  private Calibration uncalibrated() {
    requireKeys(Set.of(METHOD));
    return Calibration.NONE;
  }

  private Calibration platt() {
    requireKeys(Set.of(METHOD, Platt.SLOPE, Platt.OFFSET));
    return new Platt(
        number(Platt.SLOPE, text(Platt.SLOPE)), number(Platt.OFFSET, text(Platt.OFFSET)));
  }

  private Calibration isotonic() {
    requireKeys(Set.of(METHOD, Isotonic.LOGITS, Isotonic.PROBABILITIES));
    String[] logits = text(Isotonic.LOGITS).split(",", -1);
    String[] probabilities = text(Isotonic.PROBABILITIES).split(",", -1);
    if (logits.length != probabilities.length) {
      throw new IllegalArgumentException(
          "calibration.probabilities must be %d numbers, found %d"
              .formatted(logits.length, probabilities.length));
    }
    List<Isotonic.Knot> knots = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      knots.add(
          new Isotonic.Knot(
              number(Isotonic.LOGITS, logits[i]),
              number(Isotonic.PROBABILITIES, probabilities[i])));
    }
    return new Isotonic(knots);
  }

  private String text(String key) {
    String text = configuration.get(key);
    if (text == null) {
      throw new IllegalArgumentException("calibration." + key + " must be given, found none");
    }
    return text;
  }

  private void requireKeys(Set<String> known) {
    for (String key : configuration.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "calibration must not have '%s' with method %s, found '%s'"
                .formatted(key, configuration.get(METHOD), configuration.get(key)));
      }
    }
  }

  private static float number(String key, String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "calibration.%s must be a number, found '%s'".formatted(key, text), e);
    }
  }
}
