package io.salvor.it.durability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a server asked of the kernel, in the order in which the calls returned.
final class SystemCalls {
  private static final String UNFINISHED = " <unfinished ...>";

  private SystemCalls() {}

  /// The program that has a server watched.
  static List<String> watching(Path log) {
    return List.of(
        "strace",
        "-f",
        "--seccomp-bpf",
        "-xx",
        "-yy",
        "-s",
        "70000",
        "-e",
        "trace=pwrite64,ftruncate,fsync,fdatasync,write,writev,sendmsg,sendto",
        "-o",
        log.toString());
  }

  /// Reads the log of one that has ended.
  static List<SystemCall> read(Path log) throws IOException {
    var calls = new ArrayList<SystemCall>();
    Map<String, Begun> begun = new HashMap<>();
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split("\\s+", 2);
      String thread = parts[0];
      String text = parts[1];
      if (text.endsWith(UNFINISHED)) {
        begun.put(thread, new Begun(text.substring(0, text.length() - UNFINISHED.length()), i));
      } else if (text.startsWith("<... ")) {
        Begun first = begun.remove(thread);
        if (first != null) {
          String rest = text.substring(text.indexOf("resumed>") + "resumed>".length());
          SystemCall.parse(first.text() + rest, first.line(), i).ifPresent(calls::add);
        }
      } else {
        SystemCall.parse(text, i, i).ifPresent(calls::add);
      }
    }
    calls.sort(Comparator.comparingInt(SystemCall::end));
    return calls;
  }

  private record Begun(String text, int line) {}
}
