package dev.millrace.features.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A page that needs nothing but itself: it fetches nothing, its figures are SVG inside the page,
 * and its script only sorts and filters what is there without it.
 */
public final class ReportPage {
  /** Lets the page use its own style and script and fetch nothing at all. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  private ReportPage() {}

  /**
   * Writes a page; the writer must encode UTF-8.
   *
   * @param style rules of the caller's own, behind those that reports share
   * @param body writes what the page holds
   */
  public static void write(String title, String style, Consumer<Markup> body, Writer out)
      throws IOException {
    Markup page = new Markup();
    page.trusted("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.element("title", title).open("style");
    page.trusted(resource(ReportPage.class, "report.css")).trusted(style);
    page.close().close().open("body").open("main");
    body.accept(page);
    page.close();
    page.open("script").trusted(resource(ReportPage.class, "report.js")).close().close().close();
    out.write(page.finish());
  }

  /** A text that lies beside a class. */
  public static String resource(Class<?> owner, String name) {
    try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
