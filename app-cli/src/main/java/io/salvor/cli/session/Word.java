package io.salvor.cli.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;

/// A word that a command takes, or the value of one of its options; filled in when the command line
/// is read.
public final class Word<T> implements IGetter, ISetter {
  private @Nullable Object value;

  Word() {}

  /// What was said; empty where nothing was.
  public Optional<T> said() {
    @SuppressWarnings("unchecked") // it comes from the reading that it was declared with
    T typed = (T) value;
    return Optional.ofNullable(typed);
  }

  /// What was said, or this.
  public T or(T otherwise) {
    return said().orElse(otherwise);
  }

  /// What picocli asks for.
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the interface is so
  public <V> @Nullable V get() {
    return (V) value;
  }

  /// What picocli fills in; null where nothing was said.
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the interface is so
  public <V> @Nullable V set(@Nullable V said) {
    Object before = value;
    value = said;
    return (V) before;
  }
}
