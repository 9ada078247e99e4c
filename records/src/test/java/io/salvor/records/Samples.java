package io.salvor.records;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.ThreadId;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random values of any type made of records, so that no variant can be forgotten. The same seed
/// gives the same values.
final class Samples {
  private static final List<String> TEXTS =
      List.of(
          "", "x", "two words", "Grüße, 世界 🚢", "line\nbreak\ttab \"quoted\" \\", "z".repeat(300));

  private final RandomGenerator random;

  Samples(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// The records that a sealed interface permits, over all levels, in the order in which they are
  /// declared.
  static List<Class<?>> variants(Class<?> type) {
    if (type.isRecord()) {
      return List.of(type);
    }
    return Arrays.stream(type.getPermittedSubclasses())
        .flatMap(it -> variants(it).stream())
        .toList();
  }

  <T> T of(Class<T> type) {
    return type.cast(value(type));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      return generic.getRawType() == Optional.class ? optional(element) : list(element);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return one(Arrays.asList(plain.getEnumConstants()));
    }
    if (plain.isSealed()) {
      return value(one(variants(plain)));
    }
    return plain.isRecord() ? record(plain) : scalar(plain);
  }

  private Object scalar(Class<?> type) {
    return switch (type.getName()) {
      case "int" -> number(Integer.MAX_VALUE);
      case "long" -> (long) number(Integer.MAX_VALUE) * number(1_000);
      case "boolean" -> random.nextBoolean();
      case "java.lang.String" -> one(TEXTS);
      case "java.time.Instant" ->
          Instant.ofEpochSecond(
              random.nextLong(-9_999, 4_000_000_000L), random.nextInt(1_000_000_000));
      case "java.time.Duration" ->
          Duration.ofSeconds(random.nextLong(0, 9_999_999), random.nextInt(1_000_000_000));
      case "java.util.OptionalInt" ->
          random.nextBoolean() ? OptionalInt.of(number(1_000)) : OptionalInt.empty();
      case "java.util.OptionalLong" ->
          random.nextBoolean() ? OptionalLong.of(number(1_000)) : OptionalLong.empty();
      default -> throw new IllegalArgumentException("no sample for " + type);
    };
  }

  private Object record(Class<?> type) {
    if (type == Actor.class) {
      return one(List.of(Actor.SALVOR, new Actor("user:ann"), Actor.agent("claude")));
    }
    if (type == TaskId.class) {
      return new TaskId(new UUID(random.nextLong(), random.nextLong()));
    }
    if (type == MicroUsd.class) {
      return new MicroUsd(number(Integer.MAX_VALUE));
    }
    if (type == ThreadId.OfAttempt.class) {
      return new ThreadId.OfAttempt(of(TaskId.class), random.nextInt(1, 100));
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    for (int attempt = 0; attempt < 100; attempt++) {
      Object[] values = Arrays.stream(components).map(it -> value(it.getGenericType())).toArray();
      Optional<Object> made = made(type, types, values);
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new IllegalArgumentException("every sample is refused by " + type);
  }

  /// Empty where the record's own rules refuse the values.
  private static Optional<Object> made(Class<?> type, Class<?>[] types, Object[] values) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        return Optional.empty();
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private Optional<?> optional(Type element) {
    return random.nextBoolean() ? Optional.of(value(element)) : Optional.empty();
  }

  private List<Object> list(Type element) {
    var list = new ArrayList<Object>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(element));
    }
    return list;
  }

  /// Zero every so often, since protobuf leaves zeros out.
  private int number(int bound) {
    return random.nextInt(5) == 0 ? 0 : random.nextInt(1, bound);
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
