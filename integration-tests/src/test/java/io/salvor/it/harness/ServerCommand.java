package io.salvor.it.harness;

import java.util.ArrayList;
import java.util.List;

/// The command that starts a server as a child process, with the cache of a [QuickStart]: its start
/// is most of the time of the tests that kill servers.
final class ServerCommand {
  private ServerCommand() {}

  static List<String> line() {
    var command = new ArrayList<String>();
    command.add(Places.java().toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xmx256m",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:AOTCache=" + QuickStart.serverCache(),
            "-cp",
            QuickStart.serverClassPath(),
            "io.salvor.server.Main",
            "--listen",
            "127.0.0.1:0",
            "--http",
            "127.0.0.1:0"));
    return command;
  }
}
