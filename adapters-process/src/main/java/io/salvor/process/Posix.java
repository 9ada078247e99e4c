package io.salvor.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/// The five calls of the C library that Java has no words for. They need no new process, so that
/// what has eaten all process slots of a host can still be ended.
final class Posix {
  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  static final int ESRCH = 3;

  private static final int WNOHANG = 1;
  private static final int O_RDWR_CREAT_CLOEXEC = 0x2 | 0x40 | 0x80000;
  private static final int LOCK_EX_NB = 2 | 4;
  private static final int OWNER_ONLY = 0600;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle KILL =
      function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), KEEP_ERRNO);
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          KEEP_ERRNO,
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle FLOCK =
      function("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private static final MethodHandle WAITPID =
      function("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

  private Posix() {}

  /// Sends `signal` to a process, or to a group where `pid` is negative; 0 only asks.
  ///
  /// @return 0, or the error number
  static int kill(long pid, int signal) {
    if (pid == 0 || pid == -1 || pid == 1) {
      throw new IllegalArgumentException("not one process and not one group: " + pid);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int result = (int) KILL.invokeExact(state, Math.toIntExact(pid), signal);
      return result == 0 ? 0 : (int) ERRNO.get(state, 0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Takes note of the end of a dead child, so that nothing is left of it; does not wait.
  ///
  /// @return whether it was one
  static boolean bury(long pid) {
    if (pid <= 1) {
      throw new IllegalArgumentException("not one child: " + pid);
    }
    try {
      int child = Math.toIntExact(pid);
      return (int) WAITPID.invokeExact(child, MemorySegment.NULL, WNOHANG) == child;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Whether nobody holds the `flock` of this file, which is made if it is not there.
  static boolean lockIsFree(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int descriptor =
          (int)
              OPEN.invokeExact(
                  state, arena.allocateFrom(file.toString()), O_RDWR_CREAT_CLOEXEC, OWNER_ONLY);
      if (descriptor < 0) {
        throw new IOException("cannot open " + file + ": error " + (int) ERRNO.get(state, 0L));
      }
      try {
        return (int) FLOCK.invokeExact(descriptor, LOCK_EX_NB) == 0;
      } finally {
        int ignored = (int) CLOSE.invokeExact(descriptor);
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @SuppressWarnings("restricted") // this class is the only door to native code in this module
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
