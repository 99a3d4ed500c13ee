package dev.millrace.features.data;

import dev.millrace.features.catalog.FeatureCatalog;
import java.io.IOException;

/** A recorded log of impressions and their clicks. */
public interface InteractionLog {

  /** Name of the format, as {@code --format} takes it. */
  String format();

  /** The built-in catalogue of the format; every logged feature is a field of it. */
  FeatureCatalog catalog();

  /** Whether the log says in which slot of the page an item was shown. */
  boolean hasPositions();

  /**
   * Opens the log from its start. Two iterators opened with the same arguments return the same
   * interactions.
   *
   * @param candidatesPerRequest items of each ranking request, the logged one among them; at least
   *     1, fewer when the log has fewer items
   * @param seed of what the log does not hold: click delays, the other candidates and their order
   * @throws DataSetException when a file breaks the format; the iterator throws it for later lines
   */
  InteractionIterator open(int candidatesPerRequest, long seed) throws IOException;
}
