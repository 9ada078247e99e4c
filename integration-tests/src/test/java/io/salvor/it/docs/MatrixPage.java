package io.salvor.it.docs;

import io.salvor.domain.recovery.Matrix;
import io.salvor.domain.recovery.Row;
import io.salvor.domain.recovery.Symptoms;
import io.salvor.it.recovery.Provocations;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The page of the recovery matrix, made from its rows.
final class MatrixPage {
  private MatrixPage() {}

  static String text() {
    var page = new StringBuilder(Page.madeFrom("the rows of the recovery matrix"));
    page.append(
        """
        # The failure matrix

        What Salvor says is to be done about each way in which an attempt can end. Rows are asked from the top, and the first
        that applies counts; the last one always does. `salvor task diagnose TASK-0042` names the row and the command.

        An ending is a pair, such as `stream_eof_fallback × subprocess_exited_nonzero`; it is derived from evidence and never from
        what anybody wrote. *Work* is commits or uncommitted files. *A session* is the agent's own, in which it did something;
        `dispatch --resume` goes on in it where the agent can, and by briefing where that comes to nothing. An attempt *spiralled*
        when it made %d tool calls or more and left neither commit nor file.

        Whoever applies the remedy is said by `recovery`: `advise`, the default, stops at FAILED with the command; `auto` takes
        resume, fresh and park by itself, after min(10 s · 2ⁿ, 5 min), within `max_retries` and the task's money. A person's
        dispatch begins all counts anew.

        | row | when | remedy | doubled | why |
        |---|---|---|---|---|
        """
            .formatted(Symptoms.SPIRAL));
    for (Row row : Matrix.rows()) {
      page.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  row.name(),
                  Page.cell(row.when()),
                  row.remedy().label().replace('_', ' '),
                  row.raise().stream()
                      .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                      .collect(Collectors.joining(", ")),
                  Page.cell(row.why())));
    }
    page.append(provoked());
    page.append(
        """

        ## Names that others use

        | elsewhere | here |
        |---|---|
        | `budget_exceeded`, of time | `deadline_exceeded`, codepath `budget_deadline` |
        | `budget_exceeded`, of money | `cost_limit` |
        | `signal: Some(9)` | `killed_by_signal`; `oom_killed` where the kernel says so |
        | `signal: Some(15)` | `killed_by_signal`; our own stop is `cancelled`, `frozen` or the limit that it was for |
        | `failure_reason: None` | `success` |
        | salvage | `resume`, and `salvor task salvage` where no agent is to go on |

        ## The rubric, row by row

        | situation | row | remedy |
        |---|---|---|
        | `result_event` × `result_reported_error` | `reported-error` | mend the brief, begin afresh |
        | `stream_eof_fallback` × `subprocess_exited_nonzero`, no commits | `broke-off-nothing` | begin afresh |
        | `stream_eof_fallback` × `subprocess_exited_nonzero`, commits | `broke-off` | resume |
        | `line_timeout` on a long task of research or writing | `long-thought` | resume, with more silence and time |
        | out of budget, too little of it | `deadline`, `money`, `turns` | resume, with more of it |
        | out of budget, spiralled | `limit-spiralled`, `money-spiralled` | begin afresh, with a narrower brief |
        | the same ending again after a resume | `same-twice` | a person looks at both |
        """);
    return page.toString();
  }

  /// What the tests do, in words.
  private static String provoked() {
    var table =
        new StringBuilder(
            """

            ## Each row, brought about

            A test brings each row about with a real process, sees that `salvor task diagnose` names it, types the command that it
            gives, and sees the task in review: `EveryRowTest`, and `RowsOfTheHostTest` for what happens to the whole host.

            | row | the agent |
            |---|---|
            """);
    Map<String, String> stories = new HashMap<>(Provocations.ELSEWHERE);
    stories.putAll(Provocations.NOT_HERE);
    Provocations.all().forEach(it -> stories.put(it.row(), it.story()));
    for (Row row : Matrix.rows()) {
      table.append("| `%s` | %s |\n".formatted(row.name(), Page.cell(stories.get(row.name()))));
    }
    return table.toString();
  }
}
