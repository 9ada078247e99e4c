/// The `salvor` command. Reading order: [io.salvor.cli.Salvor], `CommandTree` - the table of
/// contents -, then one class for each command in the packages `server`, `task` and `store`; what
/// they share is in `session`.
@NullMarked
package io.salvor.cli;

import org.jspecify.annotations.NullMarked;
