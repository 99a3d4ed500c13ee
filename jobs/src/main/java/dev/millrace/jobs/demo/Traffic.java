package dev.millrace.jobs.demo;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.labels.Attribution;
import dev.millrace.jobs.features.FeatureRankingSettings;
import dev.millrace.jobs.io.EventTimeSettings;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.Ranking;
import java.io.IOException;
import java.util.Map;

/** Where a demo's impressions, clicks and ranking requests come from. */
interface Traffic extends AutoCloseable {

  /** Name of the data set. */
  String format();

  FeatureCatalog catalog();

  Attribution attribution();

  EventTimeSettings eventTime();

  /**
   * How fields are ranked. Days of traffic are fed within seconds, so that tasks that are moments
   * apart write labels that are hours apart: windows stay open for as long.
   */
  FeatureRankingSettings featureRanking();

  /** Number of events it feeds in all: requests of an audience, impressions of a log. */
  long events();

  /** What its events are called. */
  String unit();

  /**
   * Feeds on until so many events are fed in all, and returns when all of it is written.
   *
   * @param modelIsLive whether a trained release answers
   */
  void feed(long until, boolean modelIsLive, Pace pace) throws IOException, InterruptedException;

  /** Hears about a committed impression, on the observer's thread. */
  void onImpression(Impression impression);

  /** Hears about a committed ranking, on the observer's thread. */
  void onRanking(Ranking ranking);

  /** Ranking requests sent so far. */
  long requests();

  /** How many impressions there must be when all is fed. */
  long expectedImpressions();

  /** How many clicks there must be when all is fed. */
  long expectedClicks();

  /** How good the live rankings were. */
  LiveQuality quality();

  /** How the data set was made, for the bundle. */
  Map<String, String> provenance();

  @Override
  void close() throws IOException;
}
