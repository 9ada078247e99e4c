package io.salvor.it.recovery;

import io.salvor.v1.Recovery;
import io.salvor.v1.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A real process for every row of the recovery matrix.
public final class Provocations {
  /// Rows that a test of their own brings about, with what happens there.
  public static final Map<String, String> ELSEWHERE =
      Map.of(
          "cancelled", "a person cancels it while it works",
          "frozen", "the instance is frozen hard while it works",
          "host-lost", "the host is started anew while it works, after a commit",
          "host-lost-nothing", "the host is started anew before anything came of it");

  /// What no process of this host can bring about: each has its row so that the matrix is total.
  public static final Map<String, String> NOT_HERE =
      Map.of("unknown", "stands for endings that there are not yet");

  private static final String COMMIT = "echo half >half.txt; git add .; git commit -qm Half; ";
  private static final String SAYS = "echo working; ";
  private static final String HANGS = "exec sleep 1000";
  private static final String THIRTY_CALLS =
      """
      i=0
      while [ $i -lt 30 ]; do
        i=$((i + 1))
        tell tool_call '"id":"'$i'","tool":"look","input":{"file":"f'$i'"}'
        tell tool_result '"id":"'$i'","ok":true,"output":"o'$i'"'
      done
      """;

  /// In a group of its own that may use 32 MiB, until the kernel ends it.
  private static final String OUT_OF_MEMORY =
      """
      groups=/sys/fs/cgroup/memory; [ -d $groups ] || groups=/sys/fs/cgroup
      mine=$groups/salvor-test-$$; mkdir $mine
      if [ -e $mine/memory.limit_in_bytes ]; then echo 33554432 >$mine/memory.limit_in_bytes
      else echo 33554432 >$mine/memory.max; echo 0 >$mine/memory.swap.max; fi
      echo $$ >$mine/cgroup.procs
      exec tail /dev/zero
      """;

  private Provocations() {}

  /// In the order of the matrix.
  public static List<Provocation> all() {
    var all = new ArrayList<Provocation>();
    all.addAll(people());
    all.addAll(limits());
    all.addAll(silence());
    all.addAll(killed());
    all.addAll(exits());
    return List.copyOf(all);
  }

  private static List<Provocation> people() {
    return List.of(
        Provocation.of("success", "commits a file and ends with status 0", COMMIT + "exit 0"),
        Provocation.of(
            "question", "asks something", COMMIT + "tell question '\"text\":\"Which?\"'; " + HANGS),
        Provocation.of(
            "denied",
            "reports success, and a tool that it was denied",
            "tell result '\"status\":\"success\",\"denied\":[\"Bash\"]'; exit 0"),
        Provocation.of(
            "credentials",
            "reports that the provider refused its credentials",
            "tell result '\"status\":\"provider_auth\"'; exit 1"),
        Provocation.of(
            "workspace",
            "commits on a branch of its own that does not go on from the task's",
            SAYS
                + COMMIT
                + "git switch -qC own HEAD~1; echo o >o; git add o; git commit -qm Own; exit 0"),
        Provocation.of(
            "branch-gone",
            "commits, then deletes its branch and breaks off",
            SAYS + COMMIT + "git checkout -q --detach; git branch -qD task/$SALVOR_TASK; exit 3"),
        Provocation.of("no-start", "is no program that there is", "").by("absent"),
        Provocation.of(
            "rate-limited",
            "reports that the provider wants fewer requests",
            COMMIT + "tell result '\"status\":\"provider_rate_limited\"'; exit 1"),
        Provocation.of(
                "overloaded-fallback",
                "reports that its model is overloaded, and has another one",
                "tell result '\"status\":\"provider_overloaded\"'; exit 1")
            .by("choosy"),
        Provocation.of(
            "overloaded",
            "reports that the provider has too much to do",
            COMMIT + "tell result '\"status\":\"provider_overloaded\"'; exit 1"),
        Provocation.of(
                "model-fallback",
                "reports that there is no such model, and has another one",
                "tell result '\"status\":\"model_unavailable\"'; exit 1")
            .by("choosy"),
        Provocation.of(
            "model-unavailable",
            "reports that there is no such model",
            "tell result '\"status\":\"model_unavailable\"'; exit 1"),
        Provocation.of(
            "outage",
            "reports that the provider is not itself",
            COMMIT + "tell result '\"status\":\"provider_outage\"'; exit 1"),
        Provocation.of(
                "same-twice",
                "commits and breaks off, and does so again when resumed",
                "echo x >>half.txt; git add .; git commit -qm Half; exit 3")
            .times(2));
  }

  private static List<Provocation> limits() {
    Consumer<Task.Builder> dollar = it -> it.getLimitsBuilder().setCostMicroUsd(1_000_000);
    Consumer<Task.Builder> turns = it -> it.getLimitsBuilder().setTurns(3);
    String spends = "tell usage '\"input_tokens\":100,\"cost_usd\":\"1.50\"'; ";
    String turnsOver = "tell usage '\"input_tokens\":100,\"turns\":5'; ";
    return List.of(
        Provocation.of(
                "money-spiralled",
                "makes 30 tool calls, tells more than its budget, and leaves nothing",
                THIRTY_CALLS + spends + HANGS)
            .with(dollar),
        Provocation.of(
                "tokens-spiralled",
                "makes 30 tool calls, tells more than its tokens, and leaves nothing",
                THIRTY_CALLS + "tell usage '\"input_tokens\":2000'; " + HANGS)
            .with(it -> it.getLimitsBuilder().setTokens(1000)),
        Provocation.of("money", "commits, and tells more than its budget", COMMIT + spends + HANGS)
            .with(dollar),
        Provocation.of(
                "tokens",
                "commits, and tells more than its tokens",
                COMMIT + "tell usage '\"input_tokens\":2000'; " + HANGS)
            .with(it -> it.getLimitsBuilder().setTokens(1000)),
        Provocation.of(
                "limit-spiralled",
                "makes 30 tool calls until its turns are spent, and leaves nothing",
                THIRTY_CALLS + turnsOver + HANGS)
            .with(turns),
        Provocation.of("deadline", "commits, and works on for too long", COMMIT + SAYS + HANGS)
            .with(it -> it.setLimits(it.getLimitsBuilder().setDeadline(seconds(SHORT)))),
        Provocation.of("deadline-nothing", "works for too long and leaves nothing", SAYS + HANGS)
            .with(it -> it.setLimits(it.getLimitsBuilder().setDeadline(seconds(SHORT)))),
        Provocation.of("turns", "commits, and takes too many turns", COMMIT + turnsOver + HANGS)
            .with(turns),
        Provocation.of(
                "output",
                "commits, and writes without end",
                COMMIT + "yes | head -c 300000; " + HANGS)
            .with(it -> it.getLimitsBuilder().setOutputBytes(200_000)),
        Provocation.of(
            "loop",
            "makes the same call with the same result again and again",
            COMMIT
                + """
                while :; do
                  i=$((i + 1)); sleep 0.05
                  tell tool_call '"id":"'$i'","tool":"test","input":{"make":"test"}'
                  tell tool_result '"id":"'$i'","ok":false,"output":"no rule"'
                done
                """));
  }

  private static final int SHORT = 10;

  private static List<Provocation> silence() {
    Consumer<Task.Builder> silence =
        it -> it.setLimits(it.getLimitsBuilder().setSilence(seconds(SHORT)));
    Consumer<Task.Builder> firstEvent =
        it -> it.setLimits(it.getLimitsBuilder().setFirstEvent(seconds(SHORT)));
    return List.of(
        Provocation.of(
                "long-tool",
                "begins a tool call and says nothing more",
                "tell tool_call '\"id\":\"1\",\"tool\":\"make\",\"input\":{}'; " + HANGS)
            .with(silence),
        Provocation.of(
                "long-thought", "works on research and says nothing more", SAYS + COMMIT + HANGS)
            .with(silence.andThen(it -> it.setDomain("research"))),
        Provocation.of("never-spoke-at-work", "commits and never says a word", COMMIT + HANGS)
            .with(firstEvent),
        Provocation.of("never-spoke", "never says a word", HANGS).with(firstEvent),
        Provocation.of("fell-silent", "commits and says nothing more", SAYS + COMMIT + HANGS)
            .with(silence),
        Provocation.of("fell-silent-nothing", "says something and then nothing more", SAYS + HANGS)
            .with(silence));
  }

  private static List<Provocation> killed() {
    return List.of(
        Provocation.of(
            "out-of-memory", "commits, and is ended by the kernel", COMMIT + OUT_OF_MEMORY),
        Provocation.of(
            "out-of-memory-nothing",
            "is ended by the kernel before anything came of it",
            OUT_OF_MEMORY),
        Provocation.of("killed", "commits, and is killed", SAYS + COMMIT + "kill -9 $$"),
        Provocation.of(
            "killed-nothing", "is killed before anything came of it", SAYS + "kill -9 $$"));
  }

  private static List<Provocation> exits() {
    return List.of(
        Provocation.of(
            "reported-error",
            "says itself that it could not",
            "tell result '\"status\":\"error\",\"text\":\"no such module\"'; exit 1"),
        Provocation.of("broke-off", "commits, and ends with status 3", SAYS + COMMIT + "exit 3"),
        Provocation.of(
            "broke-off-nothing", "ends with status 3 before anything came of it", SAYS + "exit 3"),
        Provocation.of(
                "no-result",
                "commits, and ends with status 0 without a last word",
                COMMIT + "exit 0")
            .by("spoken"),
        Provocation.of("no-result-nothing", "ends with status 0 without a last word", "exit 0")
            .by("spoken"),
        Provocation.of("gates", "commits what the project's gate refuses", COMMIT + "exit 0")
            .with(it -> it.setRecovery(Recovery.newBuilder().setGateRepairs(0))));
  }

  private static com.google.protobuf.Duration seconds(int seconds) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(seconds).build();
  }
}
