package dev.millrace.features.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges the logs by time; of equal times the campaign read first comes first. */
final class OpenBanditIterator implements InteractionIterator {
  private record Cursor(int ordinal, OpenBanditRows rows) {}

  private final PriorityQueue<Cursor> cursors =
      new PriorityQueue<>(
          Comparator.<Cursor, Instant>comparing(cursor -> cursor.rows().timestamp())
              .thenComparingInt(Cursor::ordinal));
  private final List<OpenBanditRows> opened = new ArrayList<>();
  private final InteractionDraws draws;

  /** The cursor whose row was returned last; it moves on when the next row is asked for. */
  private Cursor spent;

  private OpenBanditIterator(InteractionDraws draws) {
    this.draws = draws;
  }

  static OpenBanditIterator open(List<OpenBanditCampaign> campaigns, InteractionDraws draws)
      throws IOException {
    OpenBanditIterator iterator = new OpenBanditIterator(draws);
    try {
      for (OpenBanditCampaign campaign : campaigns) {
        OpenBanditRows rows = new OpenBanditRows(campaign);
        iterator.opened.add(rows);
        iterator.enqueue(new Cursor(iterator.opened.size(), rows));
      }
      return iterator;
    } catch (RuntimeException | IOException e) {
      iterator.close();
      throw e;
    }
  }

  private void enqueue(Cursor cursor) throws IOException {
    if (cursor.rows().next()) {
      cursors.add(cursor);
    }
  }

  private void advance() {
    Cursor cursor = spent;
    spent = null;
    try {
      if (cursor != null) {
        enqueue(cursor);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    advance();
    return !cursors.isEmpty();
  }

  @Override
  public LoggedInteraction next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the log is at its end");
    }
    spent = cursors.remove();
    return spent.rows().interaction(draws);
  }

  @Override
  public void close() throws IOException {
    cursors.clear();
    IOException failure = null;
    for (OpenBanditRows rows : opened) {
      try {
        rows.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
