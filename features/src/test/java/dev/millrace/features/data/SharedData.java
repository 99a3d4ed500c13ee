package dev.millrace.features.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real data sets, which lie beside the checkout and never in it. */
final class SharedData {
  private SharedData() {}

  /** Skips the test where the data set is absent. */
  static Path directory(String name) {
    Path directory = Path.of(System.getProperty("millrace.shared", "absent"), "data", name);
    assumeTrue(Files.isDirectory(directory), () -> "the data set is not at " + directory);
    return directory;
  }
}
