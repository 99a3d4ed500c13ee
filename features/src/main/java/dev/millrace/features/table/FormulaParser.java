package dev.millrace.features.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads formulas of {@code x} such as {@code round(100 * log(x + 1))}: numbers, {@code pi}, {@code
 * e}, {@code nan}, the operators {@code + - * / ^} and {@code **}, comparisons, which are 1 or 0,
 * and the {@linkplain FormulaFunctions functions}. The prefix {@code np.} and a capital {@code X}
 * are accepted, so that OutRank's files of transformers can be read.
 */
final class FormulaParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>\\d+\\.?\\d*(?:[eE][-+]?\\d+)?|\\.\\d+)"
              + "|(?:np\\.)?(?<name>[A-Za-z_]\\w*)"
              + "|(?:\\*\\*|<=|>=|==|!=|[-+*/^<>(),]))");

  private static final Map<String, Formula> NAMES =
      Map.of(
          "x", Formula.identity(),
          "X", Formula.identity(),
          "pi", Formula.constant(Math.PI),
          "e", Formula.constant(Math.E),
          "nan", Formula.constant(Double.NaN));

  private static final Map<String, DoubleBinaryOperator> COMPARISONS =
      Map.of(
          "<", (a, b) -> a < b ? 1 : 0,
          "<=", (a, b) -> a <= b ? 1 : 0,
          ">", (a, b) -> a > b ? 1 : 0,
          ">=", (a, b) -> a >= b ? 1 : 0,
          "==", (a, b) -> a == b ? 1 : 0,
          "!=", (a, b) -> a != b ? 1 : 0);

  private static final Map<String, DoubleBinaryOperator> SUMS =
      Map.of("+", Double::sum, "-", (a, b) -> a - b);

  private static final Map<String, DoubleBinaryOperator> PRODUCTS =
      Map.of("*", (a, b) -> a * b, "/", (a, b) -> a / b);

  private static final String END = "";

  /** Ends with {@link #END}. */
  private final List<String> tokens;

  private int at;

  private FormulaParser(List<String> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a formula.
   *
   * @throws IllegalArgumentException if it is none; the message is the rule and what was found
   */
  static Formula parse(String text) {
    FormulaParser parser = new FormulaParser(tokens(text));
    Formula formula = parser.comparison();
    parser.require(END);
    return formula;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (!text.substring(end).isBlank()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw new IllegalArgumentException(
            "a number, a name or an operator must follow, found " + text.substring(end).strip());
      }
      tokens.add(matcher.group("name") == null ? matcher.group().strip() : matcher.group("name"));
      end = matcher.end();
    }
    tokens.add(END);
    return tokens;
  }

  private Formula comparison() {
    Formula left = sum();
    DoubleBinaryOperator operator = COMPARISONS.get(tokens.get(at));
    if (operator == null) {
      return left;
    }
    at++;
    return Formula.zip(operator, left, sum());
  }

  private Formula sum() {
    Formula sum = product();
    for (DoubleBinaryOperator next; (next = SUMS.get(tokens.get(at))) != null; ) {
      at++;
      sum = Formula.zip(next, sum, product());
    }
    return sum;
  }

  private Formula product() {
    Formula product = signed();
    for (DoubleBinaryOperator next; (next = PRODUCTS.get(tokens.get(at))) != null; ) {
      at++;
      product = Formula.zip(next, product, signed());
    }
    return product;
  }

  /** A sign binds less than a power: -x^2 is -(x^2). */
  private Formula signed() {
    return accept("-") ? Formula.map(value -> -value, signed()) : power();
  }

  private Formula power() {
    Formula base = operand();
    return accept("^") || accept("**") ? Formula.zip(StrictMath::pow, base, signed()) : base;
  }

  private Formula operand() {
    String token = tokens.get(at);
    at += token.equals(END) ? 0 : 1;
    if (token.equals("(")) {
      Formula inner = comparison();
      require(")");
      return inner;
    }
    if (!token.equals(END) && (Character.isDigit(token.charAt(0)) || token.charAt(0) == '.')) {
      return Formula.constant(Double.parseDouble(token));
    }
    if (accept("(")) {
      return call(token);
    }
    if (!NAMES.containsKey(token)) {
      throw new IllegalArgumentException(
          "a number, x, pi, e, nan or a call must follow, found " + shown(token));
    }
    return NAMES.get(token);
  }

  private Formula call(String name) {
    List<Formula> arguments = new ArrayList<>();
    do {
      arguments.add(comparison());
    } while (accept(","));
    require(")");
    Formula call = FormulaFunctions.call(name, arguments);
    if (call == null) {
      throw new IllegalArgumentException(
          "a function must be known with its number of arguments, found %s with %d"
              .formatted(shown(name), arguments.size()));
    }
    return call;
  }

  private boolean accept(String token) {
    boolean found = tokens.get(at).equals(token);
    at += found ? 1 : 0;
    return found;
  }

  private void require(String token) {
    if (!accept(token)) {
      throw new IllegalArgumentException(
          shown(token) + " must follow, found " + shown(tokens.get(at)));
    }
  }

  private static String shown(String token) {
    return token.equals(END) ? "the end" : token;
  }
}
