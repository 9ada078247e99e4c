package io.salvor.domain.task;

import io.salvor.domain.agent.AgentEvent.ToolReturned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an agent did last and what came of it, as far back as a loop is looked for. Immutable.
///
/// A loop is a sequence of pairs of action and result that fills the whole window again and again:
/// the same action with another result is work, such as waiting for something that moves.
///
/// @param last the newest at the end
public record Actions(List<Action> last) {
  /// None yet.
  public static final Actions NONE = new Actions(List.of());

  /// The longest window that a loop may be looked for in.
  public static final int MAX_WINDOW = 30;

  /// The longest sequence that counts as a loop when it is repeated.
  static final int LONGEST_PERIOD = 5;

  private static final int SHOWN = 100;

  public Actions {
    last = List.copyOf(last);
  }

  /// An action and its result.
  ///
  /// @param shown the tool and the beginning of its input, for people
  /// @param result what of the result tells it from others
  public record Action(String shown, long inputHash, String result) {}

  /// With one more.
  Actions with(Progress.OpenTool call, ToolReturned returned) {
    var all = new ArrayList<>(last.size() < MAX_WINDOW ? last : last.subList(1, last.size()));
    all.add(
        new Action(call.shown(), call.inputHash(), returned.ok() + " " + returned.resultDigest()));
    return new Actions(all);
  }

  /// The sequence that fills the last `window` of them; empty where there is none.
  ///
  /// @param window 0 where no loop is looked for
  Optional<List<Action>> loop(int window) {
    for (int period = 1; period <= Math.min(LONGEST_PERIOD, window / 2); period++) {
      Optional<List<Action>> loop = loop(window, period);
      if (loop.isPresent()) {
        return loop;
      }
    }
    return Optional.empty();
  }

  private Optional<List<Action>> loop(int window, int period) {
    if (last.size() < window) {
      return Optional.empty();
    }
    List<Action> seen = last.subList(last.size() - window, last.size());
    return repeats(seen, period)
        ? Optional.of(List.copyOf(seen.subList(seen.size() - period, seen.size())))
        : Optional.empty();
  }

  /// The shortest sequence that was done twice at the end; empty where there is none.
  List<Action> pattern() {
    for (int period = 1; period <= LONGEST_PERIOD; period++) {
      Optional<List<Action>> loop = loop(2 * period, period);
      if (loop.isPresent()) {
        return loop.get();
      }
    }
    return List.of();
  }

  private static boolean repeats(List<Action> seen, int period) {
    for (int i = period; i < seen.size(); i++) {
      if (!seen.get(i).equals(seen.get(i - period))) {
        return false;
      }
    }
    return true;
  }

  /// A tool call for people.
  static String shown(String tool, String input) {
    String line = input.replaceAll("\\s+", " ");
    return tool + " " + (line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line);
  }

  /// FNV-1a, 64 bits, over the characters: tells inputs apart, and is the same in every JVM.
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
