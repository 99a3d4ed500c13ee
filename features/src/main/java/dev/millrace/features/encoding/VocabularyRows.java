package dev.millrace.features.encoding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of a vocabulary: each field has a range of its own, which opens with two reserved rows. */
final class VocabularyRows implements RowSpace {
  private static final int OUT_OF_VOCABULARY = 0;
  private static final int MISSING = 1;
  private static final int RESERVED = 2;

  private final int[] starts;
  private final List<Map<String, Integer>> ids = new ArrayList<>();
  private final int size;

  VocabularyRows(Vocabulary vocabulary) {
    List<List<String>> fields = vocabulary.values();
    this.starts = new int[fields.size()];
    int next = 0;
    for (int ordinal = 0; ordinal < starts.length; ordinal++) {
      starts[ordinal] = next;
      Map<String, Integer> byValue = new HashMap<>();
      for (String value : fields.get(ordinal)) {
        byValue.put(value, RESERVED + byValue.size());
      }
      ids.add(byValue);
      next = Math.addExact(next, RESERVED + byValue.size());
    }
    this.size = next;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int row(int ordinal, int chunk, String value) {
    return starts[ordinal] + ids.get(ordinal).getOrDefault(value, OUT_OF_VOCABULARY);
  }

  @Override
  public int missingRow(int ordinal, int chunk) {
    return starts[ordinal] + MISSING;
  }
}
