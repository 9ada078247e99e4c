package io.salvor.server.notices;

import io.salvor.v1.Notice;

/// Gives each notice as JSON to a program of the user's.
record CommandChannel(Program program) implements Channel {
  @Override
  public String name() {
    return "command";
  }

  @Override
  public void deliver(Notice notice) throws NotDelivered, InterruptedException {
    program.run(NoticeJson.of(notice));
  }
}
