package dev.millrace.features.table;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The transformers of OutRank (Škrlj and Mramor, RecSys 2023) that are functions of a value, by
 * name: single ones, the sets {@code minimal}, {@code default}, {@code fw-transformers} and {@code
 * verbose}, and files of others, {@code FILE.json}: an object of names and {@linkplain
 * FormulaParser formulas}, as the built-in {@code transformers.json} is.
 */
final class NumericTransformers {
  private static final String BUILT_IN = "transformers.json";

  /** So many of the built-in ones, from the first, are the sets. */
  private static final int MINIMAL = 4;

  private static final int DEFAULT = 10;

  private final Map<String, NumericTransformer> builtIn;
  private final Map<String, NumericTransformer> binned = new LinkedHashMap<>();

  private NumericTransformers() {
    builtIn = builtIn();
    for (int resolution : new int[] {1, 10, 50, 100}) {
      for (int threshold : new int[] {1, 2, 4, 8, 16, 32, 64, 96}) {
        addBinned(resolution, Integer.toString(threshold));
        addBinned(resolution, Double.toString(threshold / 100.0));
      }
    }
  }

  /** Values below the threshold stay as they are, others are binned by what they exceed it. */
  private void addBinned(int resolution, String threshold) {
    for (String function : new String[] {"sqrt", "log"}) {
      String name = "fw-%s-res%d-gt%s".formatted(function, resolution, threshold);
      String formula =
          "where(x < %2$s, x, where(x > %2$s, round(%1$s(x - %2$s) * %3$d), 0))"
              .formatted(function, threshold, resolution);
      binned.put(name, new NumericTransformer(name, FormulaParser.parse(formula)));
    }
  }

  /**
   * The transformers of these names, each once.
   *
   * @param tokens names of transformers, of sets, or of files
   * @throws TableException if there is none of a name, or a file cannot be read
   */
  static List<NumericTransformer> select(List<String> tokens) {
    if (tokens.isEmpty()) {
      // Most rankings need none, and reading them takes as long as a small table.
      return List.of();
    }
    NumericTransformers all = new NumericTransformers();
    Map<String, NumericTransformer> selected = new LinkedHashMap<>();
    for (String token : tokens) {
      for (NumericTransformer transformer : all.select(token)) {
        selected.putIfAbsent(transformer.name(), transformer);
      }
    }
    return List.copyOf(selected.values());
  }

  private List<NumericTransformer> select(String token) {
    if (token.endsWith(".json")) {
      return List.copyOf(load(Path.of(token)).values());
    }
    List<NumericTransformer> transformers = new ArrayList<>();
    switch (token) {
      case "minimal" -> builtIn.values().stream().limit(MINIMAL).forEach(transformers::add);
      case "default" -> builtIn.values().stream().limit(DEFAULT).forEach(transformers::add);
      case "verbose" -> transformers.addAll(builtIn.values());
      case "fw-transformers" -> {
        builtIn.values().stream().limit(DEFAULT).forEach(transformers::add);
        transformers.addAll(binned.values());
      }
      default -> transformers.add(builtIn.getOrDefault(token, binned.get(token)));
    }
    RankingOptions.require(
        !transformers.contains(null),
        "transformers must be minimal, default, fw-transformers, verbose, a FILE.json or of "
            + builtIn.keySet(),
        token);
    return transformers;
  }

  private static Map<String, NumericTransformer> load(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new TableException("transformers must name a readable file, found " + file);
    }
  }

  private static Map<String, NumericTransformer> builtIn() {
    try (InputStream in = NumericTransformers.class.getResourceAsStream(BUILT_IN)) {
      return parse(BUILT_IN, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, NumericTransformer> parse(String file, String json) {
    Map<String, NumericTransformer> transformers = new LinkedHashMap<>();
    try {
      JsonMapper mapper =
          JsonMapper.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .build();
      LinkedHashMap<String, String> formulas = mapper.readValue(json, new TypeReference<>() {});
      RankingOptions.require(
          formulas != null && !formulas.containsValue(null),
          file + ": must be a JSON object of names and formulas",
          "null");
      formulas.forEach((name, formula) -> transformers.put(name, transformer(file, name, formula)));
    } catch (JsonProcessingException e) {
      throw new TableException(
          file
              + ": must be a JSON object of names and formulas, found "
              + (e instanceof JsonParseException ? e.getOriginalMessage() : "other JSON"));
    }
    return transformers;
  }

  private static NumericTransformer transformer(String file, String name, String formula) {
    try {
      return new NumericTransformer(name, FormulaParser.parse(formula));
    } catch (IllegalArgumentException e) {
      throw new TableException(file + ": " + name + ": " + e.getMessage() + " in " + formula);
    }
  }
}
