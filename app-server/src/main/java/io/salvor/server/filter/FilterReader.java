package io.salvor.server.filter;

import io.salvor.server.filter.Expression.All;
import io.salvor.server.filter.Expression.Any;
import io.salvor.server.filter.Expression.Not;
import io.salvor.server.filter.Expression.Operator;
import io.salvor.server.filter.Expression.Restriction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads a filter as AIP-160 has them: restrictions, `AND` (or nothing) between them, `OR` that
/// binds tighter, `NOT` or `-` before them, and parentheses.
///
/// A value ends at a space or a parenthesis, so that paths and moments need no quotes. `f=(a OR b)`
/// is `(f=a OR f=b)`. A word that stands alone is looked for in the title.
final class FilterReader {
  private static final int LONGEST = 4_096;
  private static final int DEEPEST = 50;

  /// Longer signs first, since the first that fits is taken.
  private static final List<Operator> OPERATORS =
      List.of(
          Operator.UNEQUAL,
          Operator.AT_MOST,
          Operator.AT_LEAST,
          Operator.EQUAL,
          Operator.LESS,
          Operator.MORE,
          Operator.HAS);

  private final String text;
  private int at;
  private int depth;

  private FilterReader(String text) {
    this.text = text;
  }

  /// What the text means; an empty one means everything.
  ///
  /// @throws BadFilter where it means nothing
  static Expression read(String text) {
    if (text.length() > LONGEST) {
      throw new BadFilter("a filter has at most " + LONGEST + " characters");
    }
    var reader = new FilterReader(text);
    if (reader.isAtEnd()) {
      return new All(List.of());
    }
    Expression whole = reader.conjunction(reader::restriction);
    if (!reader.isAtEnd()) {
      throw reader.unexpected();
    }
    return whole;
  }

  /// @param simple reads what stands between the words: restrictions, or values of one field
  private Expression conjunction(Supplier<Expression> simple) {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(disjunction(simple));
      boolean said = skipWord("AND");
      if (said && endsHere()) {
        throw unexpected();
      }
    } while (!endsHere());
    return parts.size() == 1 ? parts.getFirst() : new All(parts);
  }

  private Expression disjunction(Supplier<Expression> simple) {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(term(simple));
    } while (skipWord("OR"));
    return parts.size() == 1 ? parts.getFirst() : new Any(parts);
  }

  private Expression term(Supplier<Expression> simple) {
    boolean negated = skipWord("NOT") || skip("-");
    Expression inner = skip("(") ? inParentheses(simple) : simple.get();
    return negated ? new Not(inner) : inner;
  }

  private Expression inParentheses(Supplier<Expression> simple) {
    depth++;
    if (depth > DEEPEST) {
      throw new BadFilter("a filter has at most " + DEEPEST + " parentheses in each other");
    }
    Expression inner = conjunction(simple);
    if (!skip(")")) {
      throw new BadFilter("a parenthesis is not closed in " + text);
    }
    depth--;
    return inner;
  }

  private Expression restriction() {
    int start = skipSpace();
    String field = word(it -> Character.isLetterOrDigit(it) || it == '_' || it == '.');
    for (Operator operator : OPERATORS) {
      if (!field.isEmpty() && skip(operator.sign())) {
        return skip("(") ? values(field, operator) : one(field, operator);
      }
    }
    at = start;
    if (at < text.length() && "=!<>:".indexOf(text.charAt(at)) >= 0) {
      throw unexpected();
    }
    return new Restriction("title", Operator.HAS, value());
  }

  /// `f!=(a OR b)` means neither.
  private Expression values(String field, Operator operator) {
    boolean unequal = operator == Operator.UNEQUAL;
    Operator each = unequal ? Operator.EQUAL : operator;
    Expression any = inParentheses(() -> one(field, each));
    return unequal ? new Not(any) : any;
  }

  private Expression one(String field, Operator operator) {
    return new Restriction(field, operator, value());
  }

  private String value() {
    skipSpace();
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      return quoted(text.charAt(at));
    }
    String value = word(it -> !Character.isWhitespace(it) && it != '(' && it != ')');
    if (value.isEmpty() || value.equals("AND") || value.equals("OR")) {
      throw unexpected();
    }
    return value;
  }

  private String quoted(char quote) {
    var value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char it = text.charAt(at);
      if (it == quote) {
        at++;
        return value.toString();
      }
      boolean escaped = it == '\\' && at + 1 < text.length();
      value.append(escaped ? text.charAt(++at) : it);
    }
    throw new BadFilter("a quotation mark is not closed in " + text);
  }

  private String word(Function<Character, Boolean> belongs) {
    int start = at;
    while (at < text.length() && belongs.apply(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean skip(String sign) {
    skipSpace();
    boolean there = text.startsWith(sign, at);
    at += there ? sign.length() : 0;
    return there;
  }

  /// Skips this word where it stands here as a whole.
  private boolean skipWord(String wanted) {
    skipSpace();
    int end = at + wanted.length();
    boolean there =
        text.startsWith(wanted, at)
            && (end == text.length()
                || Character.isWhitespace(text.charAt(end))
                || text.charAt(end) == '(');
    at = there ? end : at;
    return there;
  }

  private int skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private boolean isAtEnd() {
    return skipSpace() == text.length();
  }

  private boolean endsHere() {
    return isAtEnd() || text.charAt(at) == ')';
  }

  private BadFilter unexpected() {
    String rest = text.substring(Math.min(at, text.length())).strip();
    return new BadFilter(
        rest.isEmpty()
            ? "the filter ends too early: " + text
            : "cannot read the filter from '" + rest + "' on; say state=REVIEW AND agent=claude");
  }
}
