package io.salvor.records;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.function.Function;

/// A kind of record: how its body is read, whichever version it has.
///
/// @param <F> what its facts are about: a task, or the whole instance
sealed interface Kind<F> {
  /// As in the header: `salvor.attempt.claimed.v1`.
  String name();

  /// The fact in today's form.
  ///
  /// @throws InvalidProtocolBufferException where the bytes are no message
  F read(byte[] body) throws InvalidProtocolBufferException;

  /// The bytes as the message that they are.
  Parser<? extends Message> parser();

  /// The kind that a fact is written as.
  record Current<F, V extends F, M extends Message>(
      String name,
      Class<V> type,
      Function<V, M> toMessage,
      Parser<M> parser,
      Function<M, V> fromMessage)
      implements Kind<F> {

    byte[] write(F fact) {
      return toMessage.apply(type.cast(fact)).toByteArray();
    }

    @Override
    public V read(byte[] body) throws InvalidProtocolBufferException {
      return fromMessage.apply(parser.parseFrom(body));
    }
  }

  /// A kind that is no longer written, but still read: what it meant is said in today's form.
  record Older<F, M extends Message>(String name, Parser<M> parser, Function<M, ? extends F> upcast)
      implements Kind<F> {
    @Override
    public F read(byte[] body) throws InvalidProtocolBufferException {
      return upcast.apply(parser.parseFrom(body));
    }
  }
}
