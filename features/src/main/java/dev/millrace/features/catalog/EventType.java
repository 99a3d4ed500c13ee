package dev.millrace.features.catalog;

/** The events that streaming features count. */
public enum EventType {
  IMPRESSION,
  CLICK
}
