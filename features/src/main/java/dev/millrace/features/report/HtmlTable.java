package dev.millrace.features.report;

/**
 * A table that scrolls sideways where the page is narrow, and that the page's script sorts. Cells
 * that show a rounded number carry the number itself to sort by.
 */
public final class HtmlTable {
  private final Markup page;

  /**
   * Opens a table and its body.
   *
   * @param header names of the columns; those that start with {@code <} are set to the left
   */
  public HtmlTable(Markup page, String caption, Iterable<String> header) {
    this.page = page;
    page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    page.open("table", "data-sort", "").open("thead").open("tr");
    for (String name : header) {
      boolean left = name.startsWith("<");
      page.element(
          "th", left ? name.substring(1) : name, "scope", "col", "class", left ? "left" : null);
    }
    page.close().close().open("tbody", "data-filter", "");
  }

  /**
   * Opens a row.
   *
   * @param names what a filter looks for
   * @param noise whether the row is set back
   */
  public HtmlTable row(String names, boolean noise) {
    page.open("tr", "data-name", names, "class", noise ? "noise" : null);
    return this;
  }

  /** The cell that names the row. */
  public HtmlTable name(String name) {
    page.element("th", name, "scope", "row");
    return this;
  }

  /** A cell set to the left. */
  public HtmlTable text(String text) {
    page.element("td", text, "class", "left");
    return this;
  }

  /** A number, NaN for none, as it is shown. */
  public HtmlTable number(double value, String shown) {
    page.element("td", shown, "data-value", Double.isNaN(value) ? null : Double.toString(value));
    return this;
  }

  /** A number in nats. */
  public HtmlTable nats(double value) {
    return number(value, Numbers.nats(value));
  }

  /** A count. */
  public HtmlTable count(long value) {
    return number((double) value, Numbers.count(value));
  }

  /** Closes the row. */
  public HtmlTable endRow() {
    page.close();
    return this;
  }

  /** Closes the table. */
  public void end() {
    page.close().close().close();
  }
}
