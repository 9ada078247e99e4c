package io.salvor.cli.screen;

import io.salvor.cli.session.Surroundings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The last lines of a terminal, drawn again in place. What was written above them stays. Safe for
/// use by several threads.
///
/// Only what changed in a line is written, all of a picture in one go, so that nothing flickers.
/// The cursor is hidden meanwhile; [#close] shows it again, also where the process is ended by
/// Ctrl-C. Where the process is at its end already nothing is drawn: nobody would show it again.
public final class Screen implements AutoCloseable {
  private static final String ESCAPE = "\u001b[";
  private static final String HIDE_CURSOR = ESCAPE + "?25l";
  private static final String SHOW_CURSOR = ESCAPE + "?25h";
  private static final String REST_OF_LINE = ESCAPE + "K";
  private static final String REST_OF_SCREEN = ESCAPE + "J";
  private static final String ALL = ESCAPE + "H" + ESCAPE + "2J";

  private final PrintStream out;
  private final Supplier<Size> sizeNow;
  private final Thread atExit = new Thread(this::restore, "terminal");
  private final AtExit hooks;
  private Size size;
  private List<String> shown = List.of();
  private boolean begun;
  private boolean hidden;
  private boolean restored;

  /// A terminal that is asked for its size from time to time: it may be drawn larger or smaller.
  public Screen(PrintStream out, Surroundings here) {
    this(out, new Remembered(() -> Size.now(here)), AtExit.OF_PROCESS);
  }

  /// @param sizeNow asked before each picture
  Screen(PrintStream out, Supplier<Size> sizeNow, AtExit hooks) {
    this.out = out;
    this.sizeNow = sizeNow;
    this.hooks = hooks;
    this.size = sizeNow.get();
  }

  /// What is done when the process ends; both refuse with IllegalStateException where that has
  /// begun.
  record AtExit(Consumer<Thread> add, Consumer<Thread> remove) {
    static final AtExit OF_PROCESS =
        new AtExit(Runtime.getRuntime()::addShutdownHook, Runtime.getRuntime()::removeShutdownHook);
  }

  /// How many lines a picture may have.
  public synchronized int rows() {
    return sizeNow.get().rows() - 1;
  }

  /// How wide they may be.
  public synchronized int columns() {
    return sizeNow.get().columns();
  }

  /// Shows these lines instead of the ones before.
  public synchronized void draw(List<String> lines) {
    if (begin()) {
      write(picture(lines));
    }
  }

  /// Writes a line above, where it stays, and below it this picture instead of the one before.
  public synchronized void say(String line, List<String> lines) {
    if (begin()) {
      String erased = toTop() + REST_OF_SCREEN;
      shown = List.of();
      write(erased + line + "\n" + picture(lines));
    }
  }

  private String picture(List<String> lines) {
    var text = new StringBuilder();
    if (!hidden) {
      hidden = true;
      text.append(HIDE_CURSOR);
    }
    Size now = sizeNow.get();
    if (!now.equals(size)) {
      // What was drawn has been folded anew by the terminal; nobody knows where it is now.
      text.append(ALL);
      size = now;
      shown = List.of();
    }
    List<String> wanted = fitting(lines);
    int same = 0;
    while (same < Math.min(wanted.size(), shown.size())
        && wanted.get(same).equals(shown.get(same))) {
      same++;
    }
    if (same == wanted.size() && same == shown.size()) {
      return text.toString();
    }
    boolean fromLast = same > 0 && same == shown.size();
    text.append(fromLast ? "\n" : moveTo(same));
    for (int i = same; i < wanted.size(); i++) {
      text.append(line(i, wanted.get(i)));
      text.append(i + 1 < wanted.size() ? "\n" : "");
    }
    text.append(end(wanted, same));
    shown = wanted;
    return text.toString();
  }

  private String line(int number, String wanted) {
    if (number >= shown.size()) {
      return wanted + REST_OF_LINE;
    }
    String before = shown.get(number);
    return wanted.equals(before) ? "" : LineChange.between(before, wanted);
  }

  /// Clears what is left of a longer picture; the cursor stays in the last line.
  private String end(List<String> wanted, int same) {
    if (wanted.size() >= shown.size()) {
      return "";
    }
    boolean nothingWritten = same == wanted.size();
    String back = nothingWritten && same > 0 ? ESCAPE + "1A" : "";
    return (nothingWritten ? "" : "\n") + REST_OF_SCREEN + (nothingWritten ? back : ESCAPE + "1A");
  }

  private List<String> fitting(List<String> lines) {
    List<String> fitting = new ArrayList<>();
    for (String line : lines.subList(0, Math.min(lines.size(), size.rows() - 1))) {
      fitting.add(Cells.cut(line, size.columns() - 1));
    }
    return fitting;
  }

  /// Whether something may be drawn.
  private boolean begin() {
    if (!begun) {
      begun = true;
      try {
        hooks.add().accept(atExit);
      } catch (IllegalStateException processEnds) {
        restored = true;
      }
    }
    return !restored;
  }

  private String toTop() {
    return shown.isEmpty() ? "" : moveTo(0);
  }

  /// From somewhere in the last line to the beginning of this one.
  private String moveTo(int line) {
    int up = Math.max(0, shown.size() - 1) - line;
    return (up > 0 ? ESCAPE + up + "A" : "") + "\r";
  }

  private void write(String text) {
    out.print(text);
    out.flush();
  }

  /// Asked again only after a while: to ask takes a process.
  private static final class Remembered implements Supplier<Size> {
    private static final long WHILE_NANOS = 2_000_000_000L;

    private final Supplier<Size> ask;
    private Size size;
    private long at = System.nanoTime();

    Remembered(Supplier<Size> ask) {
      this.ask = ask;
      this.size = ask.get();
    }

    @Override
    public Size get() {
      if (System.nanoTime() - at > WHILE_NANOS) {
        size = ask.get();
        at = System.nanoTime();
      }
      return size;
    }
  }

  private synchronized void restore() {
    if (begun && !restored) {
      restored = true;
      write((shown.isEmpty() ? "" : "\n") + SHOW_CURSOR);
    }
  }

  /// Leaves the last picture where it is, and the terminal as it was.
  @Override
  public synchronized void close() {
    if (begun && !restored) {
      try {
        hooks.remove().accept(atExit);
      } catch (IllegalStateException processEnds) {
        // The hook is run, and finds it done.
      }
      restore();
    }
  }
}
