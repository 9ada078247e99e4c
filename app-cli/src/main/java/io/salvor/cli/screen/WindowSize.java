package io.salvor.cli.screen;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Asks the terminal itself, by the one call of the C library that Java has no words for.
final class WindowSize {
  private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");

  /// TIOCGWINSZ.
  private static final long ASK = LINUX ? 0x5413 : 0x40087468;

  /// `struct winsize`: rows, columns and two more, each an unsigned short.
  private static final long ANSWER_BYTES = 8;

  private static final MethodHandle IOCTL = ioctl();

  private WindowSize() {}

  /// Empty where it is no terminal, or one that does not know.
  static Optional<Size> of(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(ANSWER_BYTES, Short.BYTES);
      int result = (int) IOCTL.invokeExact(descriptor, ASK, answer);
      int rows = Short.toUnsignedInt(answer.get(JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(answer.get(JAVA_SHORT, Short.BYTES));
      return result == 0 && rows > 0 && columns > 0
          ? Optional.of(new Size(columns, rows))
          : Optional.empty();
    } catch (Throwable e) {
      if (e instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted") // this class is the only door to native code in this module
  private static MethodHandle ioctl() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("ioctl"),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
        Linker.Option.firstVariadicArg(2));
  }
}
