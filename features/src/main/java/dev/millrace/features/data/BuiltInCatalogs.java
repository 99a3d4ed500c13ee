package dev.millrace.features.data;

import dev.millrace.features.catalog.FeatureCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The catalogues that come with Millrace, one for each source of interactions it knows. */
public final class BuiltInCatalogs {
  private static final String FOLDER = "/dev/millrace/features/";

  private BuiltInCatalogs() {}

  /**
   * Loads a built-in catalogue.
   *
   * @param name such as {@code movielens-1m}
   * @throws IllegalArgumentException when there is none of that name
   */
  public static FeatureCatalog load(String name) {
    String file = name + ".catalog.yaml";
    try (InputStream in = BuiltInCatalogs.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no built-in catalogue is named " + name);
      }
      return FeatureCatalog.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
