package dev.millrace.models.examples;

import java.io.IOException;

/** A stream of labelled examples that can be opened again for each epoch. */
public interface ExampleSource {
  /** Lookups of each example. */
  int lookups();

  /** Starts a pass; every pass gives the same examples in the same order. */
  ExampleReader open() throws IOException;
}
