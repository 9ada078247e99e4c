package io.salvor.records;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.salvor.domain.task.TaskFact;
import java.util.function.Function;

/// A kind of record: how its body is read, whichever version it has.
sealed interface Kind {
  /// As in the header: `salvor.attempt.claimed.v1`.
  String name();

  /// The fact in today's form.
  ///
  /// @throws InvalidProtocolBufferException where the bytes are no message
  TaskFact read(byte[] body) throws InvalidProtocolBufferException;

  /// The bytes as the message that they are.
  Parser<? extends Message> parser();

  /// The kind that a fact is written as.
  record Current<F extends TaskFact, M extends Message>(
      String name,
      Class<F> type,
      Function<F, M> toMessage,
      Parser<M> parser,
      Function<M, F> fromMessage)
      implements Kind {

    byte[] write(TaskFact fact) {
      return toMessage.apply(type.cast(fact)).toByteArray();
    }

    @Override
    public F read(byte[] body) throws InvalidProtocolBufferException {
      return fromMessage.apply(parser.parseFrom(body));
    }
  }

  /// A kind that is no longer written, but still read: what it meant is said in today's form.
  record Older<M extends Message>(
      String name, Parser<M> parser, Function<M, ? extends TaskFact> upcast) implements Kind {
    @Override
    public TaskFact read(byte[] body) throws InvalidProtocolBufferException {
      return upcast.apply(parser.parseFrom(body));
    }
  }
}
