/// The record log, its projections and its queries on SQLite.
@NullMarked
package io.salvor.sqlite;

import org.jspecify.annotations.NullMarked;
