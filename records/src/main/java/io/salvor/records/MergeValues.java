package io.salvor.records;

import io.salvor.domain.workspace.BroughtIn;

/// What came of bringing a target in, as it is stored.
final class MergeValues {
  private MergeValues() {}

  static io.salvor.record.v1.BroughtIn broughtIn(BroughtIn result) {
    var stored = io.salvor.record.v1.BroughtIn.newBuilder().setCommit(result.commit());
    switch (result) {
      case BroughtIn.Clean _ ->
          stored.setClean(io.salvor.record.v1.BroughtIn.Clean.getDefaultInstance());
      case BroughtIn.Conflicts(var head, _, var files) ->
          stored.getConflictsBuilder().setHead(head).addAllFiles(files);
      case BroughtIn.InTheWay(_, var files) -> stored.getInTheWayBuilder().addAllFiles(files);
    }
    return stored.build();
  }

  static BroughtIn broughtIn(io.salvor.record.v1.BroughtIn stored) {
    return switch (stored.getResultCase()) {
      case CLEAN -> new BroughtIn.Clean(stored.getCommit());
      case CONFLICTS ->
          new BroughtIn.Conflicts(
              stored.getConflicts().getHead(),
              stored.getCommit(),
              stored.getConflicts().getFilesList());
      case IN_THE_WAY ->
          new BroughtIn.InTheWay(stored.getCommit(), stored.getInTheWay().getFilesList());
      case RESULT_NOT_SET -> throw new Malformed("bringing a target in came to something");
    };
  }
}
