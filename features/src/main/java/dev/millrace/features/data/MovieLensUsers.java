package dev.millrace.features.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The users of {@code users.dat}: {@code id::gender::age::occupation::zip}, all of them codes. */
final class MovieLensUsers {
  private static final String[] FIELDS = {"gender", "age", "occupation", "zip"};

  private MovieLensUsers() {}

  /** Context features by user id. */
  static Map<Integer, Map<String, Object>> read(Path file) throws IOException {
    Map<Integer, Map<String, Object>> users = new HashMap<>();
    try (DelimitedLines lines = new DelimitedLines(file, 1 + FIELDS.length)) {
      while (lines.next()) {
        Map<String, Object> features = new HashMap<>();
        for (int i = 0; i < FIELDS.length; i++) {
          features.put(FIELDS[i], lines.text(i + 1));
        }
        if (users.put(lines.id(0), Map.copyOf(features)) != null) {
          throw lines.violation("user ids must be unique", lines.text(0));
        }
      }
    }
    return users;
  }
}
