package io.salvor.cli.project;

import io.salvor.cli.text.Clean;
import io.salvor.v1.ProjectSettings;
import java.util.List;

/// The settings of a project for people.
final class ProjectText {
  private ProjectText() {}

  static String of(ProjectSettings settings) {
    var text = new StringBuilder(settings.getProject()).append('\n');
    text.append("  from    ").append(source(settings)).append('\n');
    list(text, "copy", settings.getCopyList());
    list(text, "setup", settings.getSetupList());
    list(text, "gates", settings.getGatesList());
    if (settings.getSource() == ProjectSettings.Source.REPOSITORY && !settings.getAccepted()) {
      text.append("nothing of it is run until you accept it: salvor project accept ")
          .append(settings.getProject())
          .append('\n');
    }
    return text.toString();
  }

  private static String source(ProjectSettings settings) {
    return switch (settings.getSource()) {
      case CONFIGURATION ->
          "config.toml"
              + (settings.getFile().isEmpty() ? "" : "; " + settings.getFile() + " does not count");
      case REPOSITORY ->
          settings.getFile()
              + ", "
              + Clean.hash(settings.getHash())
              + (settings.getAccepted() ? ", accepted" : ", not accepted");
      case SOURCE_UNSPECIFIED, UNRECOGNIZED -> "nowhere: nothing is run besides agents";
    };
  }

  private static void list(StringBuilder text, String name, List<String> items) {
    String label = name;
    for (String item : items) {
      text.append("  %-7s ".formatted(label)).append(Clean.line(item)).append('\n');
      label = "";
    }
  }
}
