package dev.millrace.features.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Trait;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RankingReportTest {
  @Test
  void shouldEscapeNamesAndValuesOfTheDataSet() throws Exception {
    FeatureRanking ranking = Rankings.hostile();

    String page = write(ranking);

    assertThat(page).doesNotContain("<script>alert", "<img");
    assertThat(page.split("<script", -1)).as("the page's own script only").hasSize(2);
    Document document = parse(page);
    assertThat(document.getElementsByTagName("img").getLength()).isZero();
    assertThat(texts(document, "em")).containsExactly(ranking.label());
  }

  @Test
  void shouldNeedNothingButItself() throws IOException {
    String page =
        write(
            Rankings.ranking(
                List.of(Rankings.field("a", Rankings.STRONG), Rankings.numericField("b", "x")),
                List.of(Rankings.pair("a", "b", -0.2, 0.5))));

    assertThat(page).contains("content=\"default-src &#39;none&#39;");
    assertThat(page).doesNotContain("http://", "https://", "url(", "@import", "<link", " src=");
  }

  @Test
  void shouldDrawTheBestSixtyFieldsAndListThemAll() throws Exception {
    Document document = parse(write(Rankings.ofFields(300)));

    List<String> bars = new ArrayList<>();
    for (Element item : elements(document, "li")) {
      bars.add(item.getAttribute("data-name"));
    }
    assertThat(bars).hasSize(60).startsWith("field_0", "field_1").endsWith("field_59");
    assertThat(elements(document, "tr")).hasSize(2 * (300 + 1));
  }

  @Test
  void shouldNameNoiseAsNoise() throws Exception {
    Document document =
        parse(
            write(
                Rankings.ranking(
                    List.of(
                        Rankings.field("site", Rankings.STRONG),
                        Rankings.field("dice", Rankings.NOTHING, new Trait(Trait.Kind.NOISE, ""))),
                    List.of())));

    List<Element> bars = elements(document, "li");
    assertThat(bars.get(0).getAttribute("class")).isEmpty();
    assertThat(bars.get(1).getAttribute("class")).isEqualTo("noise");
    assertThat(texts(document, "p"))
        .anyMatch(text -> text.startsWith("One field tells more than chance would, 1 is noise."));
  }

  @Test
  void shouldMapPairsOfFieldsInClusteredOrder() throws Exception {
    List<RankedField> fields =
        List.of(
            Rankings.field("a", Rankings.STRONG),
            Rankings.field("b", Rankings.STRONG),
            Rankings.field("c", Rankings.STRONG));
    List<RankedGroup> pairs =
        List.of(
            Rankings.pair("a", "b", -0.2, 0),
            Rankings.pair("a", "c", 0.1, 0.8),
            Rankings.pair("b", "c", 0, 0));

    Document document = parse(write(Rankings.ranking(fields, pairs)));

    assertThat(texts(document, "text")).containsSubsequence("a", "c", "b");
    assertThat(ofClass(document, "rect", "self")).hasSize(3);
    // The map's cells are as wide as high; the legend's swatches are not.
    assertThat(cells(document, "similarity")).hasSize(1);
    assertThat(cells(document, "synergy")).hasSize(1);
    assertThat(cells(document, "redundancy")).hasSize(1);
    assertThat(cells(document, "blank")).hasSize(3);
    assertThat(texts(document, "td")).contains("synergy", "redundancy");
  }

  @Test
  void shouldWriteAPageForNoFields() throws Exception {
    assertThat(elements(parse(write(Rankings.ofFields(0))), "h1")).hasSize(1);
  }

  private static List<Element> cells(Document document, String style) {
    return ofClass(document, "rect", style).stream()
        .filter(cell -> cell.getAttribute("width").equals(cell.getAttribute("height")))
        .toList();
  }

  private static List<Element> ofClass(Document document, String tag, String style) {
    return elements(document, tag).stream()
        .filter(element -> element.getAttribute("class").equals(style))
        .toList();
  }

  private static List<String> texts(Document document, String tag) {
    return elements(document, tag).stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Document document, String tag) {
    NodeList nodes = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static String write(FeatureRanking ranking) throws IOException {
    StringWriter out = new StringWriter();
    RankingReport.write(ranking, out);
    return out.toString();
  }

  /** The page is written as well-formed XML, but for the text of its script and style. */
  private static Document parse(String page) throws Exception {
    String body = page.replaceAll("(?s)<(script|style)>.*?</\\1>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(body)));
  }
}
