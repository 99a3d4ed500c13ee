package dev.millrace.models.examples;

import java.io.IOException;

/** Labelled examples in a fixed order that can be opened again for each epoch. */
public interface ExampleSource {
  /** Lookups of each example. */
  int lookups();

  /** Number of examples. */
  long count();

  /** Starts a pass at the first example; every pass gives the same examples in the same order. */
  ExampleReader open() throws IOException;
}
