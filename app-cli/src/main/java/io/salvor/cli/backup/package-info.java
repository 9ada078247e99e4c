/// Commands about backups.
@NullMarked
package io.salvor.cli.backup;

import org.jspecify.annotations.NullMarked;
