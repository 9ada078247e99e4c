package io.salvor.sqlite;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/// The SQL builder, for questions whose SQL depends on what is asked. Questions that are always the
/// same are plain text.
final class Sql {
  static {
    // Else it greets on standard output, where a command's result goes.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private Sql() {}

  static DSLContext on(Connection connection) {
    return DSL.using(connection, SQLDialect.SQLITE);
  }
}
