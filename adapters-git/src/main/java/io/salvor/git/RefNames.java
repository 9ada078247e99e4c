package io.salvor.git;

import io.salvor.domain.id.DisplayId;
import java.util.Optional;
import java.util.regex.Pattern;

/// The names of a task's refs.
record RefNames(DisplayId display) {
  static final String SALVOR = "refs/salvor/";
  static final String TASK_BRANCHES = "refs/heads/task/";
  private static final Pattern NUMBERED = Pattern.compile("(\\d{1,9})/([a-z]+)(-\\d+)?");

  /// What all of them but the branch start with.
  String all() {
    return SALVOR + display + "/";
  }

  String branch() {
    return TASK_BRANCHES + display;
  }

  /// The branch as people write it.
  String shortBranch() {
    return "task/" + display;
  }

  /// Leads to the text of [Owner#line].
  String owner() {
    return all() + "owner";
  }

  String base() {
    return all() + "base";
  }

  /// Uncommitted work of one attempt.
  String wip(int attempt) {
    return all() + attempt + "/wip";
  }

  /// An earlier snapshot of an attempt that has since thrown its changes away.
  String discarded(int attempt) {
    return all() + attempt + "/discarded";
  }

  /// The branch as an attempt left it when the next began afresh.
  String head(int attempt) {
    return all() + attempt + "/head";
  }

  /// Commits of an attempt that were on no branch.
  String detached(int attempt) {
    return all() + attempt + "/detached";
  }

  /// What an attempt had staged in a workspace whose files are gone.
  String staged(int attempt) {
    return all() + attempt + "/staged";
  }

  /// There while an attempt's fresh start is under way: all earlier work is kept by then.
  String reset(int attempt) {
    return all() + attempt + "/reset";
  }

  /// There when an attempt's fresh start is done.
  String start(int attempt) {
    return all() + attempt + "/start";
  }

  /// The target's tip before a merge that is under way.
  String mergeFrom() {
    return all() + "merge/from";
  }

  /// The target's tip after a merge that is under way.
  String mergeTo() {
    return all() + "merge/to";
  }

  /// The attempt that a ref of this task belongs to, if it is of this kind.
  Optional<Integer> attemptOf(String ref, String kind) {
    var matcher = NUMBERED.matcher(ref.startsWith(all()) ? ref.substring(all().length()) : "");
    return matcher.matches() && matcher.group(2).equals(kind)
        ? Optional.of(Integer.valueOf(matcher.group(1)))
        : Optional.empty();
  }
}
