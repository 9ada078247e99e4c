/// The `salvor` command, one class per command.
@NullMarked
package io.salvor.cli;

import org.jspecify.annotations.NullMarked;
