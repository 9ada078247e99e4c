package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.text.Clean;
import io.salvor.v1.UnreachableProject;
import java.util.List;

/// Tells people of projects that could not be looked at.
final class Unreachable {
  private Unreachable() {}

  static void tell(Context context, List<UnreachableProject> projects) {
    for (UnreachableProject project : projects) {
      context
          .err()
          .println(
              "salvor: "
                  + Clean.line(project.getProject())
                  + " could not be looked at: "
                  + Clean.line(project.getDetail()));
      if (!project.getHint().isEmpty()) {
        context.err().println("  try: " + Clean.line(project.getHint()));
      }
    }
  }
}
