package io.salvor.cli.session;

import io.salvor.cli.text.Durations;
import io.salvor.cli.text.Money;
import io.salvor.cli.text.TaskNames;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// What words on the command line stand for.
public final class Converters {
  private Converters() {}

  /// `TASK-0001` to `tasks/TASK-0001`.
  public static final class TaskName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return orComplain(TaskNames::parse, text);
    }
  }

  /// `TASK-0001/2` to `tasks/TASK-0001/attempts/2`.
  public static final class ThreadName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return orComplain(TaskNames::parseThread, text);
    }
  }

  /// `$2.50` to millionths.
  public static final class Dollars implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return orComplain(Money::parse, text);
    }
  }

  /// `1h30m`.
  public static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return orComplain(Durations::parse, text);
    }
  }

  private static <T> T orComplain(Function<String, T> parse, String text) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException unfit) {
      throw new TypeConversionException(unfit.getMessage());
    }
  }
}
