package io.salvor.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/// Something done on a connection.
interface SqlWork<T> {
  T on(Connection connection) throws SQLException;
}
