package dev.millrace.models.data;

import java.util.Map;
import java.util.TreeMap;

/**
 * What there is to know of prepared data beside its files; written last, it says that they are
 * whole.
 *
 * @param version of the files' form
 * @param key of the request they answer
 * @param digest SHA-256, in hexadecimal, of the rows read
 * @param split configuration of the split
 * @param counts rows of each part
 */
record Prepared(
    int version,
    String key,
    String digest,
    Map<String, String> split,
    Map<Part, PartCounts> counts) {
  static final int VERSION = 1;

  Prepared {
    split = new TreeMap<>(split);
    counts = new TreeMap<>(counts);
  }
}
