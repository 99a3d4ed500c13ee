package dev.millrace.features.data;

import java.io.Closeable;
import java.util.Iterator;

/**
 * The interactions of a log in the event-time order of their impressions. {@link #next()} throws
 * {@link DataSetException} at the first line that breaks the format.
 */
public interface InteractionIterator extends Iterator<LoggedInteraction>, Closeable {}
